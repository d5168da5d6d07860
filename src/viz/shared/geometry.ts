/** Plain numbers: rounding to a tenth of a pixel, clamping, moving values apart. */

/** Rounds to a tenth of a pixel, so that markup stays short and geometry comparable. */
export const px = (value: number): number => Math.round(value * 10) / 10;

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/** Moves values apart to `gap` within [low, high], keeping their order: end labels. */
export function spread(
  values: readonly number[],
  gap: number,
  low: number,
  high: number,
): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const step = values.length > 1 ? Math.min(gap, (high - low) / (values.length - 1)) : 0;
  const placed = order.map((i) => clamp(values[i] ?? 0, low, high));
  for (let i = 1; i < placed.length; i++) {
    placed[i] = Math.max(placed[i] ?? 0, (placed[i - 1] ?? 0) + step);
  }
  let roof = high;
  for (let i = placed.length - 1; i >= 0; i--) {
    placed[i] = Math.min(placed[i] ?? 0, roof);
    roof = (placed[i] ?? 0) - step;
  }
  const result: number[] = new Array<number>(values.length).fill(0);
  order.forEach((original, i) => {
    result[original] = placed[i] ?? 0;
  });
  return result;
}
