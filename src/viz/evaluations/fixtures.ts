/** Evaluations to look at: from none to five hundred, with descent, and trainings that failed. */
import type { Fixture } from '../shared/chart.ts';
import { fixtureArchitecture } from '../shared/fixtureCells.ts';
import { fixtureRandom, LONG_NAME, times } from '../shared/fixtureSeries.ts';
import type { EvaluationMark, EvaluationsModel } from './model.ts';

const ORIGINS: EvaluationsModel['origins'] = [
  { kind: 'drawn', label: 'drawn at random' },
  { kind: 'mutated', label: 'mutated' },
];

const idOf = (index: number) => fixtureArchitecture(5, 2, `evaluation ${index}`);

function model(
  evaluations: readonly EvaluationMark[],
  more: Partial<EvaluationsModel> = {},
): EvaluationsModel {
  return { evaluations, origins: ORIGINS, chance: 0.1, limit: null, selected: null, ...more };
}

/** Drawn ones all alike, with one accuracy. */
const equal = (count: number, accuracy: number | null): EvaluationMark[] =>
  times(count, (i) => ({
    id: idOf(i),
    round: Math.floor(i / 5),
    accuracy,
    origin: 'drawn',
    parents: [],
  }));

/** A first part drawn at random; then each the child of the best of a few of the latest. */
function evolved(count: number, drawn: number): EvaluationMark[] {
  const random = fixtureRandom(`evaluations ${count}`);
  const made: EvaluationMark[] = [];
  for (let i = 0; i < count; i++) {
    const some = times(4, () => made[i - 1 - random.integer(Math.min(i, drawn))]);
    const parent = i < drawn ? undefined : some.reduce((a, b) => (better(b, a) ? b : a));
    const start = parent?.accuracy ?? 0.38;
    const rise = parent ? 0.06 * (0.6 - start) : 0;
    const failed = i % 17 === 12;
    made.push({
      id: idOf(i),
      round: Math.floor(i / 5),
      accuracy: failed ? null : start + rise + 0.015 * random.normal(),
      origin: parent ? 'mutated' : 'drawn',
      parents: parent ? [parent.id] : [],
    });
  }
  return made;
}

const better = (a: EvaluationMark | undefined, b: EvaluationMark | undefined) =>
  (a?.accuracy ?? -1) > (b?.accuracy ?? -1);

const typical = evolved(25, 10);

/** Seven kinds, and children of two parents. */
const mixed = typical.map((item, i) => ({
  ...item,
  origin: `kind ${i % 7}`,
  parents: [typical[i - 1], typical[i - 4]].flatMap((parent) => (parent ? [parent.id] : [])),
}));

export const fixtures: readonly Fixture<EvaluationsModel>[] = [
  { name: 'No evaluations yet', model: model([], { limit: 40 }) },
  { name: 'One evaluation', model: model(equal(1, 0.41), { limit: 40 }) },
  { name: 'Typical', model: model(typical, { limit: 40 }) },
  { name: 'One chosen, with its ancestors', model: model(typical, { limit: 40, selected: 24 }) },
  { name: 'Crowded', model: model(evolved(500, 50), { limit: 500 }) },
  {
    name: 'Many origins with long names, two parents each',
    model: model(mixed, {
      origins: times(7, (i) => ({ kind: `kind ${i}`, label: i === 3 ? LONG_NAME : `kind ${i}` })),
      selected: 9,
    }),
  },
  { name: 'All equal', model: model(equal(8, 0.1)) },
  { name: 'Every training failed', model: model(equal(6, null), { limit: 20, selected: 2 }) },
  {
    name: 'The ends of the range',
    model: model([...equal(1, 0), ...equal(2, 1).slice(1), ...equal(3, null).slice(2)]),
  },
];
