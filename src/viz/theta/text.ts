/** θ and its pseudo-gradient in words and as a table. */
import { edgePairs } from '../../core/cell.ts';
import type { ChartTable } from '../shared/chart.ts';
import { share, signed } from '../shared/text.ts';
import type { ThetaModel } from './model.ts';

export function describeTheta(model: ThetaModel): string {
  const pairs = edgePairs(model.vertices);
  const stages = model.stages.map((stage) => {
    const values = pairs.map(([a, b], i) => {
      const g = stage.gradient ? ` (${signed(stage.gradient[i] ?? 0)})` : '';
      return `${a}→${b} ${share(stage.theta[i] ?? 0)}${g}`;
    });
    return `stage ${stage.index + 1}: ${values.join(', ')}`;
  });
  return `Edge probabilities θ, with the pseudo-gradient in brackets where known. ${stages.join('; ')}.`;
}

export function tableTheta(model: ThetaModel): ChartTable {
  return {
    columns: ['stage', 'from', 'to', 'probability', 'pseudo-gradient'],
    rows: model.stages.flatMap((stage) =>
      edgePairs(model.vertices).map(([from, to], i) => [
        stage.index + 1,
        from,
        to,
        stage.theta[i] ?? 0,
        stage.gradient?.[i] ?? '',
      ]),
    ),
  };
}
