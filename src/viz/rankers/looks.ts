/** Kinds of rankers: a shape and a hue each. */
import type { RankerKind } from '../../core/rankers/types.ts';
import { BADGE_CIRCLE, BADGE_DIAMOND, BADGE_SQUARE, BADGE_TRIANGLE } from '../shared/shapes.ts';

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
    shape: BADGE_CIRCLE,
  },
  proxy: { name: 'zero-cost proxy', colour: 'var(--cat-3)', shape: BADGE_TRIANGLE },
  size: { name: 'size', colour: 'var(--cat-5)', shape: BADGE_SQUARE },
  chance: { name: 'chance', colour: 'var(--cat-4)', shape: BADGE_DIAMOND },
};

export const RANKER_KINDS: readonly RankerKind[] = ['supernet', 'proxy', 'size', 'chance'];

export function rankerLook(kind: RankerKind): RankerLook {
  return LOOKS[kind];
}
