/** Cells to look at: none, one and all of the edges, and θ over the pairs. */
import type { Fixture } from '../shared/chart.ts';
import { cellWith, fixtureCells, pairCount } from '../shared/fixtureCells.ts';
import { times } from '../shared/fixtureSeries.ts';
import type { CellModel } from './model.ts';

const typical = fixtureCells(5, 3, 'cell')[1] ?? cellWith('chain', 5);
const theta = times(pairCount(5), (i) => (i + 0.5) / pairCount(5));

export const fixtures: readonly Fixture<CellModel>[] = [
  { name: 'No inner edge', model: cellWith('none', 2) },
  { name: 'Chain', model: cellWith('chain', 5) },
  { name: 'Typical', model: typical },
  { name: 'Without names', model: { ...typical, labels: false } },
  { name: 'Every edge of eight vertices', model: cellWith('all', 8) },
  { name: 'Eight vertices side by side', model: cellWith('none', 8) },
  { name: 'Edge probabilities', model: { ...typical, theta } },
  {
    name: 'Pseudo-gradient',
    model: { ...typical, theta, gradient: theta.map((p) => (p - 0.5) / 5) },
  },
];
