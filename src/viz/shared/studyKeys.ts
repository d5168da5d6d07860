/** Keys of the marks of the study charts. Architectures and rankers go by their own ids. */

const BRUSH = 'b:';

/** Key of several marks chosen at once: what a brush, or Shift with a click, asks for. */
export function brushKey(keys: readonly string[]): string {
  return `${BRUSH}${keys.join(',')}`;
}

/** The keys of a brush, none if it was cleared; null for any other key. */
export function parseBrushKey(key: string): readonly string[] | null {
  if (!key.startsWith(BRUSH)) return null;
  return key.slice(BRUSH.length).split(',').filter(Boolean);
}

/** Key of a stage of the network diagram. */
export function stageKey(stage: number): string {
  return `n:${stage}`;
}

export function parseStageKey(key: string): number | null {
  const match = /^n:(\d+)$/.exec(key);
  return match ? Number(match[1]) : null;
}

/** Key of a cell of the confusion matrix. */
export function confusionKey(truth: number, predicted: number): string {
  return `x:${truth}:${predicted}`;
}

export function parseConfusionKey(
  key: string,
): { readonly truth: number; readonly predicted: number } | null {
  const match = /^x:(\d+):(\d+)$/.exec(key);
  return match ? { truth: Number(match[1]), predicted: Number(match[2]) } : null;
}

/** Key of a class of the probability bars. */
export function classKey(index: number): string {
  return `k:${index}`;
}

export function parseClassKey(key: string): number | null {
  const match = /^k:(\d+)$/.exec(key);
  return match ? Number(match[1]) : null;
}
