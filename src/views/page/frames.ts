/**
 * Drawing in turns: charts that change together are drawn one after the other in successive frames,
 * as many as fit in a slice, so that no frame holds the page for long.
 */
const SLICE_MS = 12;

const waiting = new Map<object, () => void>();
let scheduled = false;

function drawSome(): void {
  const until = performance.now() + SLICE_MS;
  for (const [owner, draw] of waiting) {
    waiting.delete(owner);
    draw();
    if (performance.now() > until) break;
  }
  scheduled = waiting.size > 0;
  if (scheduled) requestAnimationFrame(drawSome);
}

/** Draws for `owner` in a coming frame; a newer drawing replaces one that still waits. */
export function drawSoon(owner: object, draw: () => void): void {
  waiting.set(owner, draw);
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(drawSome);
}

/** Forgets what waits for `owner`. */
export function drawNever(owner: object): void {
  waiting.delete(owner);
}
