/** The confusion matrix in words and as a table. */
import type { ChartTable } from '../shared/chart.ts';
import { percent } from '../shared/text.ts';
import { type ConfusionCell, sum } from './layout.ts';
import type { ConfusionModel } from './model.ts';

export function cellWords({ classes }: ConfusionModel, cell: ConfusionCell): string {
  const [truth, predicted] = [classes[cell.truth] ?? '', classes[cell.predicted] ?? ''];
  const verdict = cell.truth === cell.predicted ? 'recognised' : `taken for ${predicted}`;
  return `${truth} ${verdict}: ${cell.count} images, ${percent(cell.share)}`;
}

/** The mistakes that happen most often, and the share recognised. */
export function describeConfusion(model: ConfusionModel): string {
  const { classes, counts } = model;
  const total = sum(counts.map(sum));
  if (total === 0) return 'Confusion matrix: no images yet.';
  const right = sum(counts.map((row, i) => row[i] ?? 0));
  const mistakes = counts
    .flatMap((row, t) => row.map((count, p) => ({ t, p, count })))
    .filter(({ t, p, count }) => t !== p && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map(({ t, p, count }) => `${classes[t]} as ${classes[p]} (${count})`);
  const most = mistakes.length > 0 ? ` Most frequent mistakes: ${mistakes.join(', ')}.` : '';
  return `Confusion matrix of ${total} images in ${classes.length} classes: ${percent(right / total)} recognised.${most}`;
}

export function tableConfusion(model: ConfusionModel): ChartTable {
  const { classes, counts } = model;
  return {
    columns: ['true class', ...classes.map((name) => `as ${name}`), 'images', 'recognised'],
    rows: counts.map((row, i) => {
      const total = sum(row);
      return [classes[i] ?? i, ...row, total, total > 0 ? (row[i] ?? 0) / total : ''];
    }),
  };
}
