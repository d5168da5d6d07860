/** Which cells lived in which generation, and why. */
import type { Chart } from '../shared/chart.ts';
import type { EvolutionModel } from './model.ts';
import { renderEvolution } from './render.ts';
import { describeEvolution, tableEvolution } from './text.ts';

export const evolutionChart: Chart<EvolutionModel> = {
  id: 'evolution',
  title: 'Population',
  render: renderEvolution,
  describe: describeEvolution,
  table: tableEvolution,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
