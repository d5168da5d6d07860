/** Studies of several regions side by side: which belong together, and their pooled analysis. */
import { analyse } from './analysis.ts';
import { type AnalysisOptions, TOP } from './analysisInput.ts';
import { type PooledAnalysis, pooled, type RegionStudy } from './analysisPooling.ts';
import { analysisBasis, rankerTable, truthTable } from './rankerTable.ts';
import type { StudyView } from './reducer.ts';

/** A study with the name of its region. */
export interface RegionView {
  readonly region: string;
  readonly view: StudyView;
}

/** Size baselines that a ranker has to beat before it is worth a supernet. */
export const SIZE_REFERENCES: readonly string[] = ['depth', 'sinks', 'edges'];

/** Studies whose figures may stand side by side: the same task, space and training. */
export function sameKind(a: StudyView, b: StudyView): boolean {
  if (!a.config || !b.config) return false;
  const kind = ({ run, steps }: NonNullable<StudyView['config']>) =>
    JSON.stringify([run.task, run.space, run.supernet, steps]);
  return kind(a.config) === kind(b.config);
}

/** A region's study with its analysis, which has no intervals, and what that was made with. */
export interface AnalysedRegion extends RegionView, RegionStudy {
  readonly options: AnalysisOptions;
}

/** The analysis of each region; studies without one yet are left out. */
export function analyseRegions(studies: readonly RegionView[]): AnalysedRegion[] {
  return studies.flatMap((study) => {
    const { view } = study;
    const basis = analysisBasis(view);
    if (!basis) return [];
    const options = { ...basis, k: TOP, resamples: 0 };
    const analysis = analyse(truthTable(view), rankerTable(view), options);
    return [{ ...study, analysis, options }];
  });
}

/** Every ranker over all regions, with its difference from the size baselines. */
export function poolRegions(studies: readonly RegionStudy[], resamples: number): PooledAnalysis {
  return pooled(studies, { seed: 1, resamples, against: SIZE_REFERENCES });
}
