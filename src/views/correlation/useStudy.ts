/** What the parts of this screen read: the study, its report, and the ranker under inspection. */
import { useDeferredValue, useMemo } from 'react';
import type { RankerAnalysis } from '../../core/study/analysisTypes.ts';
import type { StudyView } from '../../core/study/reducer.ts';
import type { StudyReport } from '../../core/study/report.ts';
import { chooseInStudy, type StudyChosen, type StudySlice } from '../../state/study/slice.ts';
import { parseBrushKey } from '../../viz/shared/keys.ts';
import { useLab, useLabState } from '../page/lab.ts';

/** A part of the study slice. */
export function useStudy<T>(select: (study: StudySlice) => T): T {
  return useLabState((state) => select(state.study));
}

/** Changes what is looked at. */
export function useChoose(): (change: Partial<StudyChosen>) => void {
  const { store } = useLab();
  return (change) => chooseInStudy(store, change);
}

export interface Reported {
  readonly view: StudyView;
  readonly report: StudyReport;
  /** The chosen ranker, or the first if the study does not have that one. */
  readonly ranker: RankerAnalysis;
}

/**
 * The report with the chosen ranker; null while there is none. It follows the study at a distance, so
 * that the panels are rendered in slices and never hold the page while results arrive.
 */
export function useReported(): Reported | null {
  const view = useStudy((study) => study.reportedView);
  const report = useStudy((study) => study.report);
  const chosen = useStudy((study) => study.chosen.ranker);
  const rankers = report?.analysis.rankers;
  const ranker = rankers?.find(({ id }) => id === chosen) ?? rankers?.[0];
  const reported = useMemo(
    () => (report && ranker ? { view, report, ranker } : null),
    [view, report, ranker],
  );
  return useDeferredValue(reported);
}

/** Handles what a chart says of architectures: a click chooses one, a brush several. */
export function useBrush(): (key: string) => void {
  const { store } = useLab();
  return (key) => {
    const brushed = parseBrushKey(key);
    const before = store.getState().study.chosen.architectures;
    const same = before.length === 1 && before[0] === key;
    const architectures = brushed ?? (same ? [] : [key]);
    chooseInStudy(store, { architectures, pair: null });
  };
}
