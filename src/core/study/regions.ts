/** Studies of several regions side by side: which belong together, and their pooled analysis. */
import { meanOfKnown } from '../stats/index.ts';
import { analyse } from './analysis.ts';
import { type PooledAnalysis, pooled } from './analysisPooling.ts';
import { estimateRanker } from './analysisRanker.ts';
import type { StudyAnalysis } from './analysisTypes.ts';
import { analysisBasis, rankerTable, singleTables, truthTable } from './rankerTable.ts';
import type { StudyView } from './reducer.ts';

/** A study with the name of its region. */
export interface RegionView {
  readonly region: string;
  readonly view: StudyView;
}

/** Size baselines that a ranker has to beat before it is worth a supernet. */
export const SIZE_REFERENCES: readonly string[] = ['depth', 'sinks', 'edges'];

/** As many as decide the size of the top in precision@5. */
const TOP = 5;

/** Studies whose figures may stand side by side: the same task, space and training. */
export function sameKind(a: StudyView, b: StudyView): boolean {
  if (!a.config || !b.config) return false;
  const kind = ({ run, steps }: NonNullable<StudyView['config']>) =>
    JSON.stringify([run.task, run.space, run.supernet, steps]);
  return kind(a.config) === kind(b.config);
}

/** One region: its analysis, and the mean ρ of single supernets of each ranker, by its id. */
export interface RegionFigures {
  readonly region: string;
  readonly analysis: StudyAnalysis;
  readonly single: ReadonlyMap<string, number | null>;
}

export interface RegionsReport {
  readonly regions: readonly RegionFigures[];
  readonly pooled: PooledAnalysis;
}

function figuresOf({ region, view }: RegionView): RegionFigures[] {
  const basis = analysisBasis(view);
  if (!basis) return [];
  const options = { ...basis, k: TOP, resamples: 0 };
  const table = rankerTable(view);
  const analysis = analyse(truthTable(view), table, options);
  const singles = singleTables(view);
  const rhos = (id: string) =>
    singles
      .flatMap((one) => one.filter((scores) => scores.id === id))
      .map((scores) => estimateRanker(analysis.truth, scores, options).spearman);
  const read = table.filter(({ kind }) => kind === 'supernet');
  const single = new Map(read.map(({ id }) => [id, meanOfKnown(rhos(id))]));
  return [{ region, analysis, single }];
}

/**
 * Every ranker inside each region and over all of them, with its difference from the size baselines.
 * Studies without an analysis yet are left out.
 */
export function reportRegions(studies: readonly RegionView[], resamples: number): RegionsReport {
  const regions = studies.flatMap(figuresOf);
  const options = { seed: 1, resamples, against: SIZE_REFERENCES };
  return { regions, pooled: pooled(regions, options) };
}
