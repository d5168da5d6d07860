/**
 * The controller of correlation studies: between the store, the worker that measures, the thread that
 * computes the statistics, and the storage.
 */
import { LabError } from '../../core/errors.ts';
import { packLog, unpackLog } from '../../core/log/file.ts';
import { isNewer } from '../../core/log/reader.ts';
import type { StudyAmount, StudyConfig } from '../../core/study/config.ts';
import type { ExtraEvaluation, StudyLog } from '../../core/study/events.ts';
import { STUDY_LOG } from '../../core/study/log.ts';
import { EMPTY_STUDY } from '../../core/study/reducer.ts';
import { parseStudyAmount, parseStudyConfig } from '../../core/study/validate.ts';
import type { Statistics } from '../../worker/client/statistics.ts';
import type { ConnectClient } from '../clientHub.ts';
import { createRecorder } from '../log/recorder.ts';
import type { StudyLogs } from '../storage/studies.ts';
import type { LabStore } from '../store.ts';
import { studyFileName, studyTitle } from './names.ts';
import { createReporter } from './reporter.ts';
import { type ShippedStudy, setStudy, showStudy } from './slice.ts';
import { createStudyDriver } from './studyDriver.ts';

export interface Studies {
  /** Lists the stored studies. */
  restore(): Promise<void>;
  /** Opens the study that was worked on last, unless one is open; false if there is none. */
  openLast(): Promise<boolean>;
  /** Starts a new study. @throws LabError `config-invalid`. */
  begin(config: StudyConfig, amount: StudyAmount): Promise<void>;
  /** Goes on with the open study: what is finished stays, what was cut off is done again. */
  resume(): Promise<void>;
  pause(): void;
  /** Asks for more of the open study and goes on; a shipped one is copied first. */
  extend(more: {
    readonly amount?: Partial<StudyAmount>;
    readonly extra?: readonly ExtraEvaluation[];
  }): Promise<void>;
  open(id: string): Promise<void>;
  /** Closes the open study; it stays stored. */
  close(): Promise<void>;
  rename(id: string, title: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Reads a study file, stores it and opens it. */
  openFile(fileName: string, bytes: Uint8Array): Promise<void>;
  /** Opens a study that ships with the lab, to look at. */
  openShipped(study: ShippedStudy, fetchBytes: () => Promise<Uint8Array>): Promise<void>;
  exportLog(): Promise<{ fileName: string; bytes: Uint8Array<ArrayBuffer> }>;
  /** Computes anew what the statistics say, after a change of what is compared with. */
  analyse(): void;
  /** Puts all finished studies of the open one's kind side by side. */
  pool(): Promise<void>;
  /** Waits until everything is written. */
  flush(): Promise<void>;
  dispose(): void;
}

export interface StudiesOptions {
  readonly store: LabStore;
  readonly openLogs: () => Promise<StudyLogs>;
  readonly connect: ConnectClient;
  readonly createStatistics: () => Statistics;
  /** The present as an ISO date. */
  readonly now: () => string;
  readonly newId: () => string;
}

const NOTHING_OPEN = 'No study is open: start one, or open a file.';

/** The controller of a store's studies; no thread is started yet. */
export function createStudies(options: StudiesOptions): Studies {
  const { store, now, newId } = options;
  const recorder = createRecorder({
    store,
    kind: STUDY_LOG,
    openLogs: options.openLogs,
    show: (change) => setStudy(store, { studies: change(store.getState().study.studies) }),
    now,
    delayMs: 0, // Results arrive seconds apart.
  });
  const reporter = createReporter(store, options.createStatistics, recorder);
  const driver = createStudyDriver(store, recorder, reporter, options.connect);
  const slice = () => store.getState().study;

  const openStudy = (): StudyLog => {
    const { log } = slice();
    if (!log) throw new LabError('usage', NOTHING_OPEN);
    return log;
  };

  const show = (log: StudyLog, change: Parameters<typeof showStudy>[2] = {}) => {
    showStudy(store, log, change);
    reporter.refresh();
  };

  /** Stores a log that is new here and opens it. */
  const adopt = async (log: StudyLog) => {
    show(log);
    await recorder.create(log);
  };

  const openStored = async (id: string) => {
    const log = await recorder.read((studies) => studies.load(id));
    if (!log) {
      throw new LabError('storage-failed', 'This study is no longer stored here.', { study: id });
    }
    show(log);
  };

  /** A shipped study is never changed: what goes on is a copy. */
  const own = async () => {
    const { recorded, chosen } = slice();
    if (!recorded) return;
    const log = openStudy();
    await adopt({ ...log, id: newId(), title: `${log.title} (copy)`, createdAt: now() });
    setStudy(store, { chosen });
  };

  const close = async () => {
    await driver.leave();
    setStudy(store, {
      log: null,
      recorded: false,
      view: EMPTY_STUDY,
      status: 'idle',
      failure: null,
      report: null,
      pairs: null,
      pooled: null,
    });
  };

  let restored: Promise<void> | null = null;
  const restore = async () => {
    await recorder.list();
  };

  return {
    restore() {
      restored ??= restore();
      return restored;
    },
    async openLast() {
      await this.restore();
      const last = slice().studies.find(({ version }) => !isNewer(STUDY_LOG, version));
      if (!last || slice().log) return false;
      await openStored(last.id);
      return true;
    },
    async begin(config, amount) {
      parseStudyAmount(parseStudyConfig(config), amount);
      await driver.leave();
      const title = studyTitle(config);
      await adopt({ id: newId(), title, createdAt: now(), events: [] });
      await driver.go(config, amount, []);
    },
    async resume() {
      openStudy();
      await own();
      await driver.again();
    },
    pause: () => driver.pause(),
    async extend({ amount: more = {}, extra = [] }) {
      openStudy();
      const { config, amount: before } = slice().view;
      if (!config || !before) throw new LabError('usage', 'This study has not begun yet.');
      const amount = parseStudyAmount(config, { ...before, ...more });
      await driver.rest();
      await own();
      await driver.go(config, amount, extra);
    },
    async open(id) {
      await driver.leave();
      await openStored(id);
    },
    close,
    async rename(id, title) {
      const { log } = slice();
      if (log?.id === id) setStudy(store, { log: { ...log, title } });
      await recorder.rename(id, title);
    },
    async remove(id) {
      if (slice().log?.id === id) await close();
      await recorder.remove(id);
    },
    async openFile(fileName, bytes) {
      const log = await unpackLog(STUDY_LOG, bytes, fileName);
      await driver.leave();
      const known = slice().studies.some((one) => one.id === log.id);
      await adopt(known ? { ...log, id: newId() } : log);
    },
    async openShipped(study, fetchBytes) {
      const log = await unpackLog(STUDY_LOG, await fetchBytes(), study.title);
      await driver.leave();
      show(log, { recorded: true, status: 'finished' });
    },
    async exportLog() {
      const log = openStudy();
      return { fileName: studyFileName(log, 'jsonl.gz'), bytes: await packLog(STUDY_LOG, log) };
    },
    analyse: () => reporter.refresh(),
    pool: () => reporter.pool(),
    flush: () => recorder.flush(),
    dispose: () => reporter.dispose(),
  };
}
