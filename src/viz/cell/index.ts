/** One cell, or θ over the pairs of its vertices. */
import type { Chart } from '../shared/chart.ts';
import type { CellModel } from './model.ts';
import { renderCell } from './render.ts';
import { describeCell, tableCell } from './text.ts';

export const cellChart: Chart<CellModel> = {
  id: 'cell',
  title: 'The cell',
  render: renderCell,
  describe: describeCell,
  table: tableCell,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
