/**
 * Has the open study measured in the worker, and keeps its log whole: after a pause, a reload or a
 * death it goes on from the log, so that what is finished is never done again.
 */
import { LabError, toErrorRecord } from '../../core/errors.ts';
import type { StudyAmount, StudyConfig } from '../../core/study/config.ts';
import { studyLossSentence } from '../../core/study/deviceLoss.ts';
import type { ExtraEvaluation, StudyLog } from '../../core/study/events.ts';
import { type KnownTrainings, offeredTrainings } from '../../core/study/reuse.ts';
import type { ConnectClient } from '../clientHub.ts';
import { type LabStore, notify } from '../store.ts';
import type { StudyRecorder } from './recorder.ts';
import type { Reporter } from './reporter.ts';
import { addStudyEvents, setStudy } from './slice.ts';
import type { StudyStorage } from './storage.ts';

export interface StudyDriver {
  /** Measures until all of it is there or it is paused; resolves when it rests. */
  go(config: StudyConfig, amount: StudyAmount, extra: readonly ExtraEvaluation[]): Promise<void>;
  /** Goes on with what was asked for. @throws LabError `usage` if that is unknown. */
  again(): Promise<void>;
  pause(): void;
  /** Pauses and waits for it. */
  rest(): Promise<void>;
  /** The same, before another study is opened. */
  leave(): Promise<void>;
}

interface Wish {
  readonly study: string;
  readonly config: StudyConfig;
  readonly amount: StudyAmount;
  readonly extra: readonly ExtraEvaluation[];
}

/** A driver of the store's open study. */
export function createStudyDriver(
  store: LabStore,
  recorder: StudyRecorder,
  reporter: Reporter,
  connect: ConnectClient,
): StudyDriver {
  /** Asked for, though perhaps not in the log yet. */
  let wish: Wish | null = null;
  let abort: AbortController | null = null;
  let journey: Promise<void> = Promise.resolve();
  const slice = () => store.getState().study;

  const client = connect('study', {
    studyEvents({ study, events }) {
      const { log, status } = slice();
      if (log?.id !== study) return;
      addStudyEvents(store, events);
      recorder.append(study, events);
      for (const event of events) {
        if (event.type === 'device/lost') notify(store, 'warning', studyLossSentence(event));
      }
      if (status === 'starting') setStudy(store, { status: 'measuring' });
      reporter.refresh();
    },
    studyProgress({ study, jobs: lanes }) {
      const { log, status } = slice();
      if (log?.id !== study || status === 'paused') return;
      setStudy(store, { lanes, status: 'measuring' });
      if (store.getState().load) store.setState({ load: null });
    },
  });

  const fail = (thrown: unknown) => {
    const failure = toErrorRecord(thrown);
    setStudy(store, { status: 'failed', failure });
    // Not as an error of the run, whose banner offers to go on with the run.
    notify(store, 'error', `The correlation study stopped. ${failure.message}`);
  };

  /** What the other studies of this browser have of the same trainings. */
  const knownTrainings = (own: string, config: StudyConfig): Promise<KnownTrainings[]> => {
    const read = async (storage: StudyStorage) => {
      const found: KnownTrainings[] = [];
      for (const { id, facts } of await storage.list()) {
        if (id === own || facts?.dataset !== config.run.task.dataset) continue;
        const log = await storage.load(id);
        const offered = log && offeredTrainings(config, log.events);
        if (offered) found.push(offered);
      }
      return found;
    };
    // Without its storage a study is measured in full; the recorder says what is wrong with it.
    return recorder.read(read).catch(() => []);
  };

  const travel = async (log: StudyLog, wanted: Wish, signal: AbortSignal) => {
    const { study, config, amount, extra } = wanted;
    try {
      const known = await knownTrainings(log.id, config);
      const body = { study, config, amount, extra, events: log.events, known };
      const { finished } = await client.request('study', body, { signal });
      setStudy(store, { status: finished ? 'finished' : 'paused' });
    } catch (thrown) {
      const cancelled = thrown instanceof LabError && thrown.code === 'cancelled';
      if (cancelled) setStudy(store, { status: 'paused' });
      else fail(thrown);
    } finally {
      abort = null;
      setStudy(store, { lanes: [] });
      store.setState({ load: null });
      await recorder.flush();
    }
  };

  const go: StudyDriver['go'] = (config, amount, extra) => {
    const { log } = slice();
    if (!log || abort) return journey;
    wish = { study: log.id, config, amount, extra };
    abort = new AbortController();
    setStudy(store, { status: 'starting', failure: null });
    journey = travel(log, wish, abort.signal);
    return journey;
  };

  const rest = async () => {
    abort?.abort();
    await journey;
  };

  return {
    go,
    async again() {
      const { log, view } = slice();
      const own = wish?.study === log?.id ? wish : null;
      const config = view.config ?? own?.config;
      const amount = own?.amount ?? view.amount;
      if (!config || !amount) {
        throw new LabError('usage', 'This study has no settings yet: start it anew.');
      }
      await go(config, amount, own?.extra ?? []);
    },
    pause: () => abort?.abort(),
    rest,
    async leave() {
      await rest();
      wish = null;
    },
  };
}
