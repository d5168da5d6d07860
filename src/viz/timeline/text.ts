/** The timeline in words and as a table. */
import type { ChartTable } from '../shared/chart.ts';
import type { TimelineModel, TimelinePhase } from './model.ts';

export const PHASE_NAMES: { readonly [K in TimelinePhase]: string } = {
  proposed: 'region proposed',
  training: 'supernet training',
  measured: 'ranked',
  moved: 'θ moved',
};

export function describeTimeline(model: TimelineModel): string {
  const done = model.generations.filter((g) => g.phase === 'moved').length;
  const { cursor } = model;
  const where = cursor
    ? ` Shown: generation ${cursor.generation + 1}, ${PHASE_NAMES[cursor.phase]}${model.live ? ', the newest event' : ''}.`
    : '';
  return `Timeline: ${done} of ${model.total} generations complete.${where}`;
}

export function tableTimeline(model: TimelineModel): ChartTable {
  return {
    columns: ['generation', 'phase', 'training done (%)'],
    rows: model.generations.map((g) => [
      g.index + 1,
      PHASE_NAMES[g.phase],
      Math.round(100 * g.progress),
    ]),
  };
}
