/** A cell as a drawing: operations solid, identities from INPUT dashed; or all pairs with θ. */
import { readCell } from '../../core/cellId.ts';
import { layoutCell } from '../shared/cellLayout.ts';
import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { drawCell } from '../shared/drawCell.ts';
import { frame, layer } from '../shared/drawing.ts';
import { drawPairs } from '../shared/drawPairs.ts';
import { layoutPairs } from '../shared/pairsLayout.ts';
import type { CellModel } from './model.ts';
import { describeCell } from './text.ts';

/** Renders one cell, or θ over all pairs where the model has it. */
export function renderCell(svg: SVGSVGElement, model: CellModel, options: ChartOptions): Rendered {
  const height = options.height ?? Math.round(options.width * 1.24);
  const size = { width: options.width, height };
  const theta = model.theta ?? null;
  frame(svg, size.width, height, describeCell(model), theta ? 'group' : 'img');
  const cell = layer(svg, 'cell').node();
  const pairs = layer(svg, 'theta').node();
  if (!cell || !pairs) return { height };
  if (theta) {
    cell.replaceChildren();
    const geometry = layoutPairs(readCell(model.cell).vertices, size);
    drawPairs(pairs, geometry, theta, model.gradient ?? null, options);
  } else {
    pairs.replaceChildren();
    drawCell(cell, layoutCell(model, size), options.motion);
  }
  return { height };
}
