/** Two cells as one drawing: what the one has more than the other, and what it lacks. */
import { levelsOf } from '../../core/cell.ts';
import { orderings } from '../../core/cellSpace.ts';
import type { CellMask } from '../../core/region.ts';
import { type CellLink, linksOf } from '../shared/cellLayout.ts';

export type EdgeChange = 'same' | 'added' | 'removed';

export interface CellDiff {
  /** The compared cell, its vertices numbered so that as few inner edges as possible differ. */
  readonly aligned: CellMask;
  readonly links: readonly CellLink[];
  readonly levels: readonly number[];
  /** By key of the edge, `from-to`. */
  readonly changes: ReadonlyMap<string, EdgeChange>;
}

const keyOf = ({ from, to }: CellLink) => `${from}-${to}`;

function differingBits(a: CellMask, b: CellMask): number {
  let rest = a ^ b;
  let count = 0;
  for (; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/**
 * Edges of `mask` against those of `base`, both with the same number of vertices. Vertices of `base`
 * are renumbered first (`orderings`), so isomorphic cells do not differ.
 */
export function diffCells(vertices: number, mask: CellMask, base: CellMask): CellDiff {
  const aligned = orderings(vertices, base).reduce((best, one) =>
    differingBits(one, mask) < differingBits(best, mask) ? one : best,
  );
  const own = linksOf(vertices, mask);
  const other = linksOf(vertices, aligned);
  const ownKeys = new Set(own.map(keyOf));
  const otherKeys = new Set(other.map(keyOf));
  const links = [...own, ...other.filter((link) => !ownKeys.has(keyOf(link)))];
  const changes = new Map(
    links.map((link): [string, EdgeChange] => {
      const key = keyOf(link);
      if (!otherKeys.has(key)) return [key, 'added'];
      return [key, ownKeys.has(key) ? 'same' : 'removed'];
    }),
  );
  return { aligned, links, levels: levelsOf(vertices, mask | aligned), changes };
}

/** Names of the edges of one kind of change, `0→2`, `1→out`. */
export function edgeNames({ links, changes }: CellDiff, change: EdgeChange): string[] {
  return links.flatMap((link) =>
    changes.get(keyOf(link)) === change
      ? [`${link.from === 'input' ? 'in' : link.from}→${link.to === 'output' ? 'out' : link.to}`]
      : [],
  );
}
