/** Keys of marks: short strings, so that callbacks carry no objects and joins have a key. */
export function candidateKey(stage: number, candidate: number): string {
  return `c:${stage}:${candidate}`;
}

export function parseCandidateKey(
  key: string,
): { readonly stage: number; readonly candidate: number } | null {
  const match = /^c:(\d+):(\d+)$/.exec(key);
  return match ? { stage: Number(match[1]), candidate: Number(match[2]) } : null;
}

export function generationKey(generation: number): string {
  return `g:${generation}`;
}

/** Key of the LIVE mark of the timeline. */
export const LIVE_KEY = 'live';

export function parseGenerationKey(key: string): number | null {
  const match = /^g:(\d+)$/.exec(key);
  return match ? Number(match[1]) : null;
}

export function memberKey(generation: number, stage: number, candidate: number): string {
  return `m:${generation}:${stage}:${candidate}`;
}

export function parseMemberKey(key: string): {
  readonly generation: number;
  readonly stage: number;
  readonly candidate: number;
} | null {
  const match = /^m:(\d+):(\d+):(\d+)$/.exec(key);
  if (!match) return null;
  return { generation: Number(match[1]), stage: Number(match[2]), candidate: Number(match[3]) };
}

/** Key of a pair of vertices in one stage (theta chart) or of an edge (cell diagram, stage 0). */
export function edgeKey(stage: number, edge: number): string {
  return `e:${stage}:${edge}`;
}

export function parseEdgeKey(
  key: string,
): { readonly stage: number; readonly edge: number } | null {
  const match = /^e:(\d+):(\d+)$/.exec(key);
  return match ? { stage: Number(match[1]), edge: Number(match[2]) } : null;
}

/** Key of a step under the cross-hair of a line chart. */
export function stepKey(step: number): string {
  return `s:${step}`;
}

export function parseStepKey(key: string): number | null {
  const match = /^s:(\d+)$/.exec(key);
  return match ? Number(match[1]) : null;
}
