/** Correlations against steps to look at: from no readout to a dozen rankers. */
import type { Fixture } from '../shared/chart.ts';
import { fixtureRandom, LONG_NAME, times } from '../shared/fixtureSeries.ts';
import type { CorrelationCurveModel, CorrelationLine } from './model.ts';

/** A ranker that settles near `goal`, with the intervals of twenty-five architectures. */
function settling(name: string, category: number, goal: number, readouts: number): CorrelationLine {
  const random = fixtureRandom(`correlation ${name}`);
  return {
    key: name,
    name,
    category,
    points: times(readouts, (i) => {
      const done = readouts === 1 ? 1 : i / (readouts - 1);
      const value = Math.min(0.99, goal * (1 - Math.exp(-4 * done)) + 0.04 * random.normal());
      return {
        step: 375 * ((i + 1) / readouts),
        value,
        interval: [Math.max(-1, value - 0.25), Math.min(1, value + 0.15)] as const,
      };
    }),
  };
}

const curves = (
  lines: readonly CorrelationLine[],
  more: Partial<CorrelationCurveModel> = {},
): CorrelationCurveModel => ({
  metric: 'Spearman ρ',
  lines,
  selected: lines[0]?.key ?? null,
  alphaFrom: 225,
  totalSteps: 375,
  ceiling: 0.96,
  ...more,
});

const NAMES = ['FaDE', 'probe', 'leave-one-out', 'one-shot loss'];

export const fixtures: readonly Fixture<CorrelationCurveModel>[] = [
  { name: 'No rankers', model: curves([], { alphaFrom: null, ceiling: null }) },
  { name: 'One readout', model: curves([settling('FaDE', 0, 0.6, 1)]) },
  {
    name: 'Typical',
    model: curves(NAMES.map((name, i) => settling(name, i, 0.8 - i / 8, 15))),
  },
  {
    name: 'Crowded',
    model: curves(
      times(14, (i) => settling(`ranker ${i + 1}`, i, 0.9 - i / 10, 40)),
      { selected: null },
    ),
  },
  {
    name: 'Long names',
    model: curves(times(3, (i) => settling(`${i + 1}: ${LONG_NAME}`, i, 0.7 - i / 8, 8))),
  },
  {
    name: 'Undefined, and the ends of the range',
    model: curves(
      [
        {
          key: 'flip',
          name: 'flips',
          category: 0,
          points: times(5, (i) => ({
            step: 1 + 249_999 * i,
            value: i === 2 ? null : i % 2 === 0 ? 1 : -1,
            interval: i === 2 ? null : ([-1, 1] as const),
          })),
        },
        {
          key: 'none',
          name: 'never defined',
          category: 1,
          points: [{ step: 1, value: null, interval: null }],
        },
      ],
      { alphaFrom: 1, totalSteps: 1_000_000, ceiling: 1 },
    ),
  },
];
