/** How an evaluation is marked: a shape and a hue for each kind of origin, a cross if it diverged. */
import { categoryColour } from '../shared/colours.ts';
import { CROSS } from '../shared/shapes.ts';
import type { EvaluationMark, EvaluationsModel } from './model.ts';

export interface Look {
  readonly colour: string;
  /** Path around (0, 0), about 18 across; scale it down. */
  readonly shape: string;
}

/** As many as do not divide the number of hues: a shape that comes again has another hue. */
const SHAPES = [
  'M-8 0A8 8 0 1 1 8 0A8 8 0 1 1-8 0Z',
  'M0-10L10 7.5L-10 7.5Z',
  'M-7.5-7.5H7.5V7.5H-7.5Z',
  'M0-9.5L9.5 0L0 9.5L-9.5 0Z',
  'M0 10L10-7.5L-10-7.5Z',
  'M-9 0L-4.5-7.8H4.5L9 0L4.5 7.8H-4.5Z',
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
