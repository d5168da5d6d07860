/** The evaluations in words and as a table. */
import type { ChartTable } from '../shared/chart.ts';
import { accuracyText } from '../shared/estimate.ts';
import { percent } from '../shared/text.ts';
import { bestSoFar } from './history.ts';
import { labelOf, originsOf } from './looks.ts';
import type { EvaluationMark, EvaluationsModel } from './model.ts';

/** Lines of the card of an evaluation; the first is its id. */
export function evaluationLines(
  { origins }: Pick<EvaluationsModel, 'origins'>,
  item: EvaluationMark,
  index: number,
): string[] {
  return [
    item.id,
    item.accuracy === null ? 'training diverged' : `accuracy ${percent(item.accuracy)}`,
    `evaluation ${index + 1}, round ${item.round + 1}`,
    labelOf(origins, item.origin),
  ];
}

/** Label of a mark for a screen reader. */
export const evaluationLabel = (
  model: EvaluationsModel,
  item: EvaluationMark,
  index: number,
): string => evaluationLines(model, item, index).join(', ');

/** How many evaluations each origin has, in the order of the legend. */
export function originCounts(model: EvaluationsModel) {
  return originsOf(model).map(({ kind, label }) => ({
    kind,
    label,
    count: model.evaluations.filter(({ origin }) => origin === kind).length,
  }));
}

const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

function bestText(evaluations: readonly EvaluationMark[]): string {
  const best = bestSoFar(evaluations).at(-1) ?? null;
  if (best === null) return 'every training diverged';
  const index = evaluations.findIndex(({ accuracy }) => accuracy === best);
  return `best ${percent(best)}, by ${evaluations[index]?.id ?? ''} at evaluation ${index + 1}`;
}

/** Text alternative: how many, the best and when it was found, what diverged, where they came from. */
export function describeEvaluations(model: EvaluationsModel): string {
  const { evaluations, limit, selected } = model;
  if (evaluations.length === 0) return 'Architectures trained one after another: none yet.';
  const most = limit === null ? '' : ` of at most ${limit}`;
  const rounds = new Set(evaluations.map(({ round }) => round)).size;
  const diverged = evaluations.filter(({ accuracy }) => accuracy === null).length;
  const counts = originCounts(model)
    .filter(({ count }) => count > 0)
    .map(({ label, count }) => `${count} ${label}`);
  const chosen = selected === null ? undefined : evaluations[selected];
  const sentences = [
    `Validation accuracy of ${plural(evaluations.length, 'architecture')}${most}, trained one after another in ${plural(rounds, 'round')}: ${bestText(evaluations)}`,
    ...(diverged > 0 ? [`${diverged} diverged`] : []),
    `Origins: ${counts.join(', ')}`,
    ...(chosen ? [`Chosen: ${chosen.id}, ${accuracyText(chosen.accuracy)}`] : []),
  ];
  return `${sentences.join('. ')}.`;
}

export function tableEvaluations(model: EvaluationsModel): ChartTable {
  const best = bestSoFar(model.evaluations);
  return {
    columns: ['number', 'round', 'architecture', 'origin', 'accuracy', 'best so far'],
    rows: model.evaluations.map(({ id, round, origin, accuracy }, i) => [
      i + 1,
      round + 1,
      id,
      labelOf(model.origins, origin),
      accuracy ?? 'diverged',
      best[i] ?? '',
    ]),
  };
}
