/**
 * Keys of marks: short strings, so that callbacks carry no objects and joins have a key. A letter says
 * what the mark is, numbers which one. Architectures and rankers go by their own ids.
 */

const keyOf = (kind: string, ...numbers: readonly number[]): string => [kind, ...numbers].join(':');

/** The numbers of a key of that kind; none for any other key. */
function numbersOf(kind: string, key: string, count: number): readonly (number | undefined)[] {
  const [own, ...texts] = key.split(':');
  const fits = own === kind && texts.length === count && texts.every((text) => /^\d+$/.test(text));
  return fits ? texts.map(Number) : [];
}

const numberOf = (kind: string, key: string): number | null => numbersOf(kind, key, 1)[0] ?? null;

export const candidateKey = (stage: number, candidate: number): string =>
  keyOf('c', stage, candidate);

export function parseCandidateKey(
  key: string,
): { readonly stage: number; readonly candidate: number } | null {
  const [stage, candidate] = numbersOf('c', key, 2);
  return stage === undefined || candidate === undefined ? null : { stage, candidate };
}

export const generationKey = (generation: number): string => keyOf('g', generation);

/** Key of the LIVE mark of the timeline. */
export const LIVE_KEY = 'live';

export const parseGenerationKey = (key: string): number | null => numberOf('g', key);

export const memberKey = (generation: number, stage: number, candidate: number): string =>
  keyOf('m', generation, stage, candidate);

export function parseMemberKey(key: string): {
  readonly generation: number;
  readonly stage: number;
  readonly candidate: number;
} | null {
  const [generation, stage, candidate] = numbersOf('m', key, 3);
  if (generation === undefined || stage === undefined || candidate === undefined) return null;
  return { generation, stage, candidate };
}

/** Key of a pair of vertices in one stage (theta chart) or of an edge (cell diagram, stage 0). */
export const edgeKey = (stage: number, edge: number): string => keyOf('e', stage, edge);

export function parseEdgeKey(
  key: string,
): { readonly stage: number; readonly edge: number } | null {
  const [stage, edge] = numbersOf('e', key, 2);
  return stage === undefined || edge === undefined ? null : { stage, edge };
}

/** Key of a step under the cross-hair of a line chart. */
export const stepKey = (step: number): string => keyOf('s', step);

export const parseStepKey = (key: string): number | null => numberOf('s', key);

/** Key of a stage of the network diagram. */
export const stageKey = (stage: number): string => keyOf('n', stage);

export const parseStageKey = (key: string): number | null => numberOf('n', key);

/** Key of a cell of the confusion matrix. */
export const confusionKey = (truth: number, predicted: number): string =>
  keyOf('x', truth, predicted);

export function parseConfusionKey(
  key: string,
): { readonly truth: number; readonly predicted: number } | null {
  const [truth, predicted] = numbersOf('x', key, 2);
  return truth === undefined || predicted === undefined ? null : { truth, predicted };
}

/** Key of a class of the probability bars. */
export const classKey = (index: number): string => keyOf('k', index);

export const parseClassKey = (key: string): number | null => numberOf('k', key);

const BRUSH = 'b:';

/** Key of several marks chosen at once: what a brush, or Shift with a click, asks for. */
export const brushKey = (keys: readonly string[]): string => `${BRUSH}${keys.join(',')}`;

/** The keys of a brush, none if it was cleared; null for any other key. */
export function parseBrushKey(key: string): readonly string[] | null {
  if (!key.startsWith(BRUSH)) return null;
  return key.slice(BRUSH.length).split(',').filter(Boolean);
}
