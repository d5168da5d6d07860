/** A cell, or θ over its pairs, in words and as a table. */
import { edgePairs, facts, operationsOf, sinksOf, sourcesOf } from '../../core/cell.ts';
import { readCell } from '../../core/cellId.ts';
import type { PartId } from '../../core/space/ids.ts';
import type { ChartTable } from '../shared/chart.ts';
import { share } from '../shared/text.ts';
import type { CellModel } from './model.ts';

const list = (numbers: readonly number[]) => numbers.join(', ');

/** The shortest words for a cell. */
export function cellText(cell: PartId): string {
  const { vertices, mask } = readCell(cell);
  const { operations, depth } = facts(vertices, mask);
  return `${operations} operations, depth ${depth}`;
}

/** Text alternative of a cell or of θ. */
export function describeCell(model: CellModel): string {
  const { cell, theta } = model;
  const { vertices, mask } = readCell(cell);
  const pairs = edgePairs(vertices);
  if (theta) {
    const values = pairs.map(([a, b], i) => `${a}→${b} ${share(theta[i] ?? 0)}`);
    return `Edge probabilities over ${pairs.length} pairs of ${vertices} vertices: ${values.join(', ')}.`;
  }
  const count = facts(vertices, mask);
  const inner = operationsOf(vertices, mask).filter((o) => o.to !== 'output');
  const names = inner.map((o) => `${o.from}→${o.to}`).join(', ');
  return `Cell with ${vertices} vertices, ${count.operations} operations, depth ${count.depth}. Inner edges: ${names || 'none'}. INPUT feeds ${list(sourcesOf(vertices, mask))}; OUTPUT sums ${list(sinksOf(vertices, mask))}.`;
}

export function tableCell(model: CellModel): ChartTable {
  const { cell, theta, gradient } = model;
  const { vertices, mask } = readCell(cell);
  if (theta) {
    return {
      columns: ['from', 'to', 'probability', 'pseudo-gradient'],
      rows: edgePairs(vertices).map(([a, b], i) => [a, b, theta[i] ?? 0, gradient?.[i] ?? '']),
    };
  }
  return {
    columns: ['from', 'to', 'kind', 'level'],
    rows: [
      ...sourcesOf(vertices, mask).map((to) => ['INPUT', to, 'identity', 0]),
      ...operationsOf(vertices, mask).map((o) => [
        o.from,
        o.to === 'output' ? 'OUTPUT' : o.to,
        'operation',
        o.level,
      ]),
    ],
  };
}
