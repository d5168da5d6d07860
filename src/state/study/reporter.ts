/**
 * Keeps the statistics abreast of the open study: one report at a time, the latest view next. The
 * work is done in a thread of its own, so that neither the page nor the training waits for it.
 */
import { LabError, toErrorRecord } from '../../core/errors.ts';
import { isNewer } from '../../core/log/reader.ts';
import type { StudyEvent } from '../../core/study/events.ts';
import { STUDY_LOG } from '../../core/study/log.ts';
import { isReportable, reduceStudy } from '../../core/study/reducer.ts';
import { type RegionView, sameKind } from '../../core/study/regions.ts';
import type { StudyReport } from '../../core/study/report.ts';
import type { Statistics } from '../../worker/client/statistics.ts';
import type { Recorder } from '../log/recorder.ts';
import type { StudyFacts } from '../storage/studies.ts';
import type { LabStore } from '../store.ts';
import { setStudy } from './slice.ts';

export interface Reporter {
  /** Computes the report of the view as it stands, and the pairs of the chosen ranker. */
  refresh(): void;
  /** Puts the finished studies of the open one's kind side by side. */
  pool(): Promise<void>;
  dispose(): void;
}

/** Reports while measuring follow one another no faster than this. */
const CALM_MS = 700;

const MOST_PAIRS = 40;

/** A reporter of the store's open study; its thread starts with the first report. */
export function createReporter(
  store: LabStore,
  createStatistics: () => Statistics,
  recorder: Recorder<StudyEvent, StudyFacts, never>,
): Reporter {
  let opened: Statistics | null = null;
  let busy = false;
  let stale = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const slice = () => store.getState().study;
  const statistics = () => {
    opened ??= createStatistics();
    return opened;
  };

  const listPairs = async (study: string) => {
    const { report, chosen } = slice();
    const ranker = report?.analysis.rankers.find(({ id }) => id === chosen.ranker);
    if (!report || !ranker) return;
    const { truth } = report.analysis;
    const wanted = { truth, scores: ranker.scores, most: MOST_PAIRS };
    const list = await statistics().request('pairs', wanted);
    if (slice().log?.id !== study) return;
    const { eventCount } = report;
    setStudy(store, { pairs: { ranker: ranker.id, eventCount, list } });
  };

  const compute = async () => {
    const { log, view, chosen } = slice();
    if (!log) return;
    if (!isReportable(view)) {
      setStudy(store, { report: null, reportError: null, pairs: null });
      return;
    }
    const options = { reference: chosen.reference };
    try {
      await statistics().follow('report', { view, options }, (report) => {
        if (slice().log?.id !== log.id) return;
        setStudy(store, {
          report: steady(slice().report, report),
          reportedView: view,
          reportError: null,
        });
      });
      await listPairs(log.id);
    } catch (thrown) {
      setStudy(store, { reportError: toErrorRecord(thrown) });
    }
  };

  const run = async () => {
    busy = true;
    stale = false;
    await compute();
    busy = false;
    if (stale) timer ??= setTimeout(later, CALM_MS);
  };

  const later = () => {
    timer = null;
    if (!busy) void run();
  };

  return {
    refresh() {
      stale = true;
      if (!busy && timer === null) void run();
    },
    async pool() {
      const { view, log, studies } = slice();
      if (!log) return;
      const own: RegionView = { region: log.title, view };
      const others = studies.filter(
        ({ id, finished, version }) => finished && id !== log.id && !isNewer(STUDY_LOG, version),
      );
      const found: RegionView[] = [own];
      for (const { id, title } of others) {
        const stored = await recorder.read((logs) => logs.load(id));
        const other = stored && reduceStudy(stored.events);
        if (other && sameKind(view, other)) found.push({ region: title, view: other });
      }
      if (found.length < 2) {
        throw new LabError(
          'usage',
          'There is no other finished study of the same kind here. Measure a second region with the same settings first.',
        );
      }
      const pooled = await statistics().request('pool', found);
      if (slice().log?.id === log.id) setStudy(store, { pooled });
    },
    dispose() {
      if (timer !== null) clearTimeout(timer);
      opened?.dispose();
    },
  };
}

/**
 * The first answer has no intervals yet: those of the report before stand in until the second comes,
 * so that the drawn intervals do not flicker while a study grows.
 */
function steady(before: StudyReport | null, next: StudyReport): StudyReport {
  if (!before || next.analysis.resamples > 0) return next;
  const rankers = next.analysis.rankers.map((ranker) => {
    const old = before.analysis.rankers.find(({ id }) => id === ranker.id);
    return old ? { ...ranker, intervals: old.intervals, difference: old.difference } : ranker;
  });
  return { ...next, analysis: { ...next.analysis, rankers } };
}
