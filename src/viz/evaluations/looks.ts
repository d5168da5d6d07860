/** How an evaluation is marked: a shape and a hue for each kind of origin, a cross if it diverged. */
import { categoryColour } from '../shared/colours.ts';
import {
  BADGE_CIRCLE,
  BADGE_DIAMOND,
  BADGE_HEXAGON,
  BADGE_SQUARE,
  BADGE_TRIANGLE,
  CROSS,
} from '../shared/shapes.ts';
import type { EvaluationMark, EvaluationsModel } from './model.ts';

export interface Look {
  readonly colour: string;
  /** Path around (0, 0), about 18 across; scale it down. */
  readonly shape: string;
}

/** As many as do not divide the number of hues: a shape that comes again has another hue. */
const SHAPES = [
  BADGE_CIRCLE,
  BADGE_TRIANGLE,
  BADGE_SQUARE,
  BADGE_DIAMOND,
  'M0 10L10-7.5L-10-7.5Z',
  BADGE_HEXAGON,
  'M-3-9H3V-3H9V3H3V9H-3V3H-9V-3H-3Z',
] as const;

export const DIVERGED: Look = { shape: CROSS, colour: 'var(--bad)' };

/** Look of the origin at that place of the legend. */
export const lookAt = (place: number): Look => ({
  colour: categoryColour(place),
  shape: SHAPES[place % SHAPES.length] ?? SHAPES[0],
});

type Origins = EvaluationsModel['origins'];

/** The listed origins, then those that occur without being listed, named by their kind. */
export function originsOf({ origins, evaluations }: EvaluationsModel): Origins {
  const listed = new Set(origins.map(({ kind }) => kind));
  const others = new Set(evaluations.map(({ origin }) => origin).filter((one) => !listed.has(one)));
  return [...origins, ...[...others].map((kind) => ({ kind, label: kind }))];
}

export const labelOf = (origins: Origins, origin: string): string =>
  origins.find(({ kind }) => kind === origin)?.label ?? origin;

export function lookOf(origins: Origins, { accuracy, origin }: EvaluationMark): Look {
  if (accuracy === null) return DIVERGED;
  return lookAt(
    Math.max(
      0,
      origins.findIndex(({ kind }) => kind === origin),
    ),
  );
}
