/** The generations of a run, and where the reader looks. */
import type { Chart } from '../shared/chart.ts';
import type { TimelineModel } from './model.ts';
import { renderTimeline } from './render.ts';
import { describeTimeline, tableTimeline } from './text.ts';

export const timelineChart: Chart<TimelineModel> = {
  id: 'timeline',
  title: 'Timeline',
  render: renderTimeline,
  describe: describeTimeline,
  table: tableTimeline,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
