/**
 * Cells and origins for fixtures. The only place of the fixtures that knows how a cell is written and
 * how an origin says why it was born: fixtures spread what they get from here into their models.
 */
import { type Architecture, architectureId } from '../../core/architecture.ts';
import { edgeCount, edgePairs, maskOf } from '../../core/cell.ts';
import { sampleDensity } from '../../core/cellSpace.ts';
import { createRandom } from '../../core/random.ts';
import type { CellMask } from '../../core/region.ts';
import type { Origin } from '../../core/strategies/types.ts';

/** What names a cell in the models of the charts. */
export interface FixtureCell {
  readonly vertices: number;
  readonly mask: CellMask;
}

/** `none`, every vertex after the one before it, or every pair. */
export function cellWith(edges: 'none' | 'chain' | 'all', vertices: number): FixtureCell {
  const pairs = edgePairs(vertices).filter(([from, to]) => edges === 'all' || to - from === 1);
  return { vertices, mask: edges === 'none' ? 0 : maskOf(vertices, pairs) };
}

/** `count` cells of all densities; the label names their stream of chance. */
export function fixtureCells(
  vertices: number,
  count: number,
  label: string,
): readonly FixtureCell[] {
  const random = createRandom(1, 'fixture cells', label);
  return Array.from({ length: count }, () => ({
    vertices,
    mask: sampleDensity(vertices, random).mask,
  }));
}

export function fixtureArchitecture(vertices: number, stages: number, label: string): Architecture {
  return { vertices, masks: fixtureCells(vertices, stages, label).map(({ mask }) => mask) };
}

export { architectureId as fixtureId };

/** Number of pairs of vertices: how long a θ is. */
export const pairCount = edgeCount;

/** Why a cell was born, one of each kind in turn; elites come from the first candidate of a stage. */
export function fixtureOrigin(index: number, stage = 0): Origin {
  const origins: readonly Origin[] = [
    { kind: 'elite', parent: { stage, candidate: 0 }, rank: -1.62 },
    { kind: 'sampled', logLikelihood: -4.2, retries: index % 3 },
    { kind: 'immigrant', density: 0.44 },
    { kind: 'sampled', logLikelihood: -6.8, retries: 0 },
    { kind: 'nearest', distance: 1 },
  ];
  return origins[index % origins.length] ?? { kind: 'initial', density: 0.3 };
}

/** Why a cell of the first generation was born. */
export const firstOrigin = (index: number): Origin => ({
  kind: 'initial',
  density: (index % 10) / 10,
});
