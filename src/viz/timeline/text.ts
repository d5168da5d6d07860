/** The timeline in words and as a table. */
import type { ChartTable } from '../shared/chart.ts';
import type { TimelineModel, TimelinePhase } from './model.ts';

/** Where the reader looks, e.g. `generation 3: Candidates ranked`. */
export function placeText(
  { round, phases }: TimelineModel,
  at: { readonly generation: number; readonly phase: TimelinePhase },
): string {
  return `${round} ${at.generation + 1}: ${phases[at.phase]}`;
}

export function describeTimeline(model: TimelineModel): string {
  const done = model.generations.filter((g) => g.phase === 'moved').length;
  const { cursor } = model;
  const where = cursor
    ? ` Shown: ${placeText(model, cursor)}${model.live ? ', the newest event' : ''}.`
    : '';
  return `Timeline: ${done} of ${model.total} ${model.round}s complete.${where}`;
}

export function tableTimeline(model: TimelineModel): ChartTable {
  return {
    columns: [model.round, 'phase', 'training done (%)'],
    rows: model.generations.map((g) => [
      g.index + 1,
      model.phases[g.phase],
      Math.round(100 * g.progress),
    ]),
  };
}
