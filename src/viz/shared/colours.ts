/**
 * Hues, always with a second cue: a dash for lines, a letter and a shape for origins. Only custom
 * properties, so that a change of theme recolours what is drawn already.
 */
import {
  BADGE_CIRCLE,
  BADGE_DIAMOND,
  BADGE_HEXAGON,
  BADGE_SQUARE,
  BADGE_TRIANGLE,
} from './shapes.ts';

export const ABOVE = 'var(--cat-1)';
export const BELOW = 'var(--cat-2)';

export function categoryColour(index: number): string {
  return `var(--cat-${(index % 8) + 1})`;
}

const DASHES = ['none', '6 3', '2 3', '8 3 2 3', '12 4', '1 2', '4 2 1 2 1 2', '10 2'];

/** Neighbouring categories differ in dash; nine and up repeat the hue with another dash. */
export function categoryDash(index: number): string {
  return DASHES[(index + Math.floor(index / 8) * 3) % DASHES.length] ?? 'none';
}

export interface OriginLook {
  readonly letter: string;
  readonly name: string;
  readonly colour: string;
  /** Path of the badge around (0, 0), about 16 px across. */
  readonly shape: string;
}

/** Names of kinds of birth, as the method of a run gives them. */
export interface OriginLabels {
  readonly [kind: string]: string;
}

/** In the order of the legend. */
const LOOKS: { readonly [kind: string]: OriginLook } = {
  elite: { letter: 'E', name: 'elite', colour: 'var(--elite)', shape: BADGE_DIAMOND },
  immigrant: { letter: 'I', name: 'immigrant', colour: 'var(--immigrant)', shape: BADGE_TRIANGLE },
  sampled: { letter: 'S', name: 'sampled from θ', colour: 'var(--sampled)', shape: BADGE_CIRCLE },
  initial: { letter: 'F', name: 'first batch', colour: 'var(--initial)', shape: BADGE_SQUARE },
  nearest: { letter: 'N', name: 'nearest unused', colour: 'var(--ink-soft)', shape: BADGE_HEXAGON },
};

/** The kinds among these, each once: those with a look of their own first, the others as they come. */
export function originKinds(kinds: readonly string[]): readonly string[] {
  const own = Object.keys(LOOKS);
  const others = new Set(kinds.filter((kind) => !own.includes(kind)));
  return [...own.filter((kind) => kinds.includes(kind)), ...others];
}

/** Letter, shape and hue of an origin; a kind without any gets a disc with its initial. */
export function originLook(kind: string, labels: OriginLabels): OriginLook {
  const own = Object.hasOwn(LOOKS, kind) ? LOOKS[kind] : undefined;
  if (own) return own;
  const name = labels[kind] ?? kind;
  return {
    letter: name.slice(0, 1).toUpperCase(),
    name,
    colour: 'var(--sampled)',
    shape: BADGE_CIRCLE,
  };
}
