/** Scatters to look at: from no architecture to two hundred, ties, outliers and failed trainings. */
import type { Fixture } from '../shared/chart.ts';
import { fixtureArchitecture, fixtureStages } from '../shared/fixtureCells.ts';
import { fixtureRandom, LONG_NAME, placesBy, times } from '../shared/fixtureSeries.ts';
import type { RankScatterModel, ScatterPoint } from './model.ts';

type Facts = Pick<ScatterPoint, 'score' | 'accuracy'> & Partial<ScatterPoint>;

function scatter(facts: readonly Facts[], more: Partial<RankScatterModel> = {}): RankScatterModel {
  const scoreRanks = placesBy(facts.map(({ score }) => score));
  const accuracyRanks = placesBy(facts.map(({ accuracy }) => accuracy ?? -1));
  return {
    axis: 'values',
    ranker: 'FaDE',
    scoreUnit: 'nats',
    points: facts.map((one, i) => ({
      key: `${fixtureArchitecture(5, 2, `scatter ${i}`)}-${i}`,
      name: `${(i % 6) + 1} › ${Math.floor(i / 6) + 1}`,
      scoreRank: scoreRanks[i] ?? 0,
      accuracyRank: accuracyRanks[i] ?? 0,
      deviation: one.accuracy === null ? null : 0.012,
      seeds: 4,
      fill: one.accuracy,
      cells: fixtureStages(5, 2, `scatter ${i}`),
      ...one,
    })),
    fill: { name: 'accuracy', kind: 'accuracy' },
    correlation: { value: 0.74, interval: [0.55, 0.87] },
    ceiling: 0.96,
    chance: 0.1,
    selected: [],
    linked: [],
    ...more,
  };
}

/** Accuracies that follow the scores with noise. */
function noisy(count: number): Facts[] {
  const random = fixtureRandom(`scatter ${count}`);
  return times(count, () => {
    const score = -3.6 + 0.5 * random.normal();
    return { score, accuracy: 0.42 + 0.08 * (score + 3.6) + 0.025 * random.normal() };
  });
}

const typical = scatter(noisy(25));
const keyAt = (index: number) => typical.points[index]?.key ?? '';

export const fixtures: readonly Fixture<RankScatterModel>[] = [
  {
    name: 'No architectures yet',
    model: scatter([], { correlation: { value: null, interval: null }, ceiling: null }),
  },
  { name: 'One architecture', model: scatter([{ score: -3.5, accuracy: 0.41, deviation: null }]) },
  { name: 'Typical', model: typical },
  {
    name: 'Places, a discordant pair and a choice',
    model: {
      ...typical,
      axis: 'ranks',
      selected: [keyAt(3)],
      linked: [[keyAt(3), keyAt(11)]],
    },
  },
  { name: 'Crowded', model: scatter(noisy(200)) },
  {
    name: 'Long names, filled by a factor',
    model: {
      ...typical,
      ranker: LONG_NAME,
      scoreUnit: 'negative log-likelihood an image',
      points: typical.points.map((point, i) => ({ ...point, name: LONG_NAME, fill: 1 + (i % 4) })),
      fill: { name: 'depth of the deepest cell of all stages', kind: 'factor' },
    },
  },
  {
    name: 'All equal',
    model: scatter(times(8, () => ({ score: 0, accuracy: 0.1, deviation: 0 }))),
  },
  {
    name: 'Outliers, and failed trainings',
    model: scatter([
      { score: -1e9, accuracy: 0 },
      { score: 1e9, accuracy: 1 },
      ...times(6, (i) => ({ score: i, accuracy: i % 2 === 0 ? null : 0.5 })),
    ]),
  },
  {
    name: 'Every training failed',
    model: scatter(
      times(4, (i) => ({ score: i, accuracy: null })),
      { correlation: { value: null, interval: null } },
    ),
  },
];
