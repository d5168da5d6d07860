/** Rankers to look at: from none to forty-five, clear and unclear differences, undefined statistics. */

import type { RankerKind } from '../../core/rankers/types.ts';
import type { Fixture } from '../shared/chart.ts';
import type { EstimateModel } from '../shared/estimate.ts';
import { LONG_NAME, times } from '../shared/fixtureSeries.ts';
import type { RankerRow, RankersModel } from './model.ts';

const KINDS: readonly RankerKind[] = ['supernet', 'proxy', 'size', 'chance'];
const NONE: EstimateModel = { value: null, interval: null };

const estimate = (value: number, half: number): EstimateModel => ({
  value,
  interval: [Math.max(-1, value - half), Math.min(1, value + half)],
});

function row(name: string, kind: RankerKind, value: number): RankerRow {
  const several = kind === 'supernet';
  return {
    key: name,
    name,
    kind,
    single: estimate(value, 0.24),
    ensemble: several ? estimate(Math.min(0.97, value + 0.08), 0.14) : null,
    difference: estimate(value - 0.35, 0.2),
  };
}

const depth: RankerRow = { ...row('depth', 'size', 0.43), difference: null };

const rankers = (rows: readonly RankerRow[], more: Partial<RankersModel> = {}): RankersModel => ({
  metric: {
    name: 'Spearman ρ',
    unit: null,
    low: -1,
    high: 1,
    neutral: 0,
    digits: 2,
    better: 'higher',
  },
  confidence: 0.95,
  rows,
  supernets: 3,
  ceiling: 0.96,
  baseline: 'depth',
  selected: null,
  ...more,
});

const typical = [
  row('FaDE', 'supernet', 0.71),
  row('probe', 'supernet', 0.66),
  row('one-shot loss', 'supernet', 0.52),
  depth,
  row('parameters', 'size', 0.38),
  row('synflow', 'proxy', 0.21),
  row('random', 'chance', -0.06),
];

export const fixtures: readonly Fixture<RankersModel>[] = [
  { name: 'No rankers', model: rankers([], { ceiling: null, baseline: null }) },
  { name: 'One ranker', model: rankers([depth]) },
  { name: 'Typical', model: rankers(typical, { selected: 'FaDE' }) },
  {
    name: 'Crowded',
    model: rankers([
      depth,
      ...times(44, (i) => row(`ranker ${i + 1}`, KINDS[i % 4] ?? 'size', 0.9 - i / 25)),
    ]),
  },
  {
    name: 'Long names',
    model: rankers([
      row(LONG_NAME, 'supernet', 0.6),
      { ...depth, key: 'depth', name: `depth of the ${LONG_NAME}` },
      row(`probe, ${LONG_NAME}`, 'proxy', 0.3),
    ]),
  },
  {
    name: 'Undefined, and the ends of the range',
    model: rankers([
      { ...row('constant', 'chance', 0), single: NONE, difference: NONE },
      { ...row('perfect', 'supernet', 1), single: estimate(1, 0), ensemble: estimate(1, 0) },
      { ...row('reversed', 'proxy', -1), single: estimate(-1, 0) },
      depth,
    ]),
  },
  {
    name: 'Regret in points, lower is better',
    model: rankers(
      [
        { ...row('FaDE', 'supernet', 0.4), difference: null },
        {
          ...row('random', 'chance', 0),
          single: { value: 4321.9, interval: [0, 98765.4] },
          difference: null,
        },
      ],
      {
        metric: {
          name: 'Regret of the best three architectures',
          unit: 'percentage points',
          low: 0,
          high: null,
          neutral: null,
          digits: 1,
          better: 'lower',
        },
        ceiling: null,
        baseline: null,
      },
    ),
  },
];
