/** Kinds of rankers: a shape and a hue each. */
import type { RankerKind } from '../../core/rankers/types.ts';

export interface RankerLook {
  readonly name: string;
  readonly colour: string;
  /** Path around (0, 0), about 18 across; scale it down. */
  readonly shape: string;
}

const LOOKS: { readonly [K in RankerKind]: RankerLook } = {
  supernet: {
    name: 'supernet',
    colour: 'var(--cat-1)',
    shape: 'M-8 0A8 8 0 1 1 8 0A8 8 0 1 1-8 0Z',
  },
  proxy: { name: 'zero-cost proxy', colour: 'var(--cat-3)', shape: 'M0-10L10 7.5L-10 7.5Z' },
  size: { name: 'size', colour: 'var(--cat-5)', shape: 'M-7.5-7.5H7.5V7.5H-7.5Z' },
  chance: { name: 'chance', colour: 'var(--cat-4)', shape: 'M0-9.5L9.5 0L0 9.5L-9.5 0Z' },
};

export const RANKER_KINDS: readonly RankerKind[] = ['supernet', 'proxy', 'size', 'chance'];

export function rankerLook(kind: RankerKind): RankerLook {
  return LOOKS[kind];
}
