/**
 * Cells and origins for fixtures. The only place of the fixtures that knows how a cell is written and
 * how an origin says why it was born: fixtures spread what they get from here into their models.
 */
import { edgeCount, edgePairs, maskOf } from '../../core/cell.ts';
import { chainId, orderedCellId } from '../../core/cellId.ts';
import { sampleDensity } from '../../core/cellSpace.ts';
import type { Origin } from '../../core/method/jobs.ts';
import { pseudoGradientMethod } from '../../core/method/pseudoGradient.ts';
import { createRandom } from '../../core/random.ts';
import type { ArchitectureId, PartId } from '../../core/space/ids.ts';
import type { OriginLabels } from './colours.ts';

/** What names a cell in the models of the charts. */
export interface FixtureCell {
  readonly cell: PartId;
}

/** `none`, every vertex after the one before it, or every pair. */
export function cellWith(edges: 'none' | 'chain' | 'all', vertices: number): FixtureCell {
  const pairs = edgePairs(vertices).filter(([from, to]) => edges === 'all' || to - from === 1);
  return { cell: orderedCellId(vertices, edges === 'none' ? 0 : maskOf(vertices, pairs)) };
}

/** `count` cells of all densities; the label names their stream of chance. */
export function fixtureCells(
  vertices: number,
  count: number,
  label: string,
): readonly FixtureCell[] {
  const random = createRandom(1, 'fixture cells', label);
  return Array.from({ length: count }, () => ({
    cell: orderedCellId(vertices, sampleDensity(vertices, random).mask),
  }));
}

/** A cell a stage. */
export const fixtureStages = (vertices: number, stages: number, label: string): readonly PartId[] =>
  fixtureCells(vertices, stages, label).map(({ cell }) => cell);

export const fixtureArchitecture = (
  vertices: number,
  stages: number,
  label: string,
): ArchitectureId => chainId(fixtureStages(vertices, stages, label));

/** Number of pairs of vertices: how long a θ is. */
export const pairCount = edgeCount;

const { origins: ORIGINS } = pseudoGradientMethod.descriptor;

/** Names of the origins below. */
export const FIXTURE_LABELS: OriginLabels = Object.fromEntries(
  ORIGINS.map(({ kind, label }) => [kind, label]),
);

/** Why a cell of one of the origins below was born. */
export const fixtureWhy = (origin: Origin): string =>
  ORIGINS.find(({ kind }) => kind === origin.kind)?.explain(origin) ?? '';

const origin = (kind: string, values: Origin['values']): Origin => ({ kind, parents: [], values });

/** Why a cell was born, one of each kind in turn; elites come from the first candidate of a stage. */
export function fixtureOrigin(index: number, stage = 0): Origin {
  const origins: readonly Origin[] = [
    origin('elite', { stage, candidate: 0, rank: -1.62 }),
    origin('sampled', { logLikelihood: -4.2, retries: index % 3 }),
    origin('immigrant', { density: 0.44 }),
    origin('sampled', { logLikelihood: -6.8, retries: 0 }),
    origin('nearest', { distance: 1 }),
  ];
  return origins[index % origins.length] ?? origin('initial', { density: 0.3 });
}

/** Why a cell of the first generation was born. */
export const firstOrigin = (index: number): Origin =>
  origin('initial', { density: (index % 10) / 10 });
