/**
 * What is special about driving a study: it is asked for by an amount, which may grow, and takes over
 * what other studies of this browser have measured already.
 */
import { LabError } from '../../core/errors.ts';
import { isNewer } from '../../core/log/reader.ts';
import type { StudyAmount, StudyConfig } from '../../core/study/config.ts';
import { studyLossSentence } from '../../core/study/deviceLoss.ts';
import type { ExtraEvaluation, StudyEvent, StudyLog } from '../../core/study/events.ts';
import { STUDY_LOG } from '../../core/study/log.ts';
import { type KnownTrainings, offeredTrainings } from '../../core/study/reuse.ts';
import type { ConnectClient } from '../clientHub.ts';
import { createLogDriver } from '../log/driver.ts';
import type { Recorder } from '../log/recorder.ts';
import type { StudyFacts, StudyLogs } from '../storage/studies.ts';
import { type LabStore, notify, type RunStatus } from '../store.ts';
import type { Reporter } from './reporter.ts';
import { addStudyEvents, type StudyStatus, setStudy } from './slice.ts';

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

/** What the screen calls a study that stands so. */
const STATUSES: { readonly [status in RunStatus]: StudyStatus } = {
  idle: 'idle',
  starting: 'starting',
  running: 'measuring',
  waiting: 'paused',
  paused: 'paused',
  failed: 'failed',
  finished: 'finished',
};

/** A driver of the store's open study. */
export function createStudyDriver(
  store: LabStore,
  recorder: Recorder<StudyEvent, StudyFacts, never>,
  reporter: Reporter,
  connect: ConnectClient,
): StudyDriver {
  /** Asked for, though perhaps not in the log yet. */
  let wish: Wish | null = null;
  const slice = () => store.getState().study;

  const driver = createLogDriver<StudyEvent>(store, {
    openId: () => slice().log?.id ?? null,
    status() {
      const { status } = slice();
      return status === 'measuring' ? 'running' : status;
    },
    stand: (status, failure) =>
      setStudy(store, {
        status: STATUSES[status],
        ...(failure === undefined ? {} : { failure }),
      }),
    fresh: (events) => events,
    add(events) {
      addStudyEvents(store, events);
      reporter.refresh();
    },
    record: recorder.append,
    warning: (event) => (event.type === 'device/lost' ? studyLossSentence(event) : null),
    // Not as an error of the run, whose banner offers to go on with the run.
    fail: ({ message }) => notify(store, 'error', `The correlation study stopped. ${message}`),
    rested() {
      setStudy(store, { lanes: [] });
      return recorder.flush();
    },
  });

  const client = connect('study', {
    studyEvents: ({ study, events }) => driver.hear(study, events),
    studyProgress({ study, jobs: lanes }) {
      const { log, status } = slice();
      if (log?.id !== study || status === 'paused') return;
      setStudy(store, { lanes, status: 'measuring' });
      if (store.getState().load) store.setState({ load: null });
    },
  });

  /** What the other studies of this browser have of the same trainings. */
  const knownTrainings = (own: string, config: StudyConfig): Promise<KnownTrainings[]> => {
    const read = async (logs: StudyLogs) => {
      const found: KnownTrainings[] = [];
      for (const { id, facts, version } of await logs.list()) {
        const other = id !== own && !isNewer(STUDY_LOG, version);
        if (!other || facts?.dataset !== config.run.task.dataset) continue;
        const log = await logs.load(id);
        const offered = log && offeredTrainings(config, log.events);
        if (offered) found.push(offered);
      }
      return found;
    };
    // Without its storage a study is measured in full; the recorder says what is wrong with it.
    return recorder.read(read).catch(() => []);
  };

  const travel = async (log: StudyLog, wanted: Wish, signal: AbortSignal): Promise<RunStatus> => {
    const { study, config, amount, extra } = wanted;
    const known = await knownTrainings(log.id, config);
    const body = { study, config, amount, extra, events: log.events, known };
    const { finished } = await client.request('study', body, { signal });
    return finished ? 'finished' : 'paused';
  };

  const go: StudyDriver['go'] = async (config, amount, extra) => {
    const { log } = slice();
    if (!log) return;
    const wanted = { study: log.id, config, amount, extra };
    if (!driver.busy()) wish = wanted;
    await driver.go('starting', (signal) => travel(log, wanted, signal));
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
    pause: driver.pause,
    rest: driver.rest,
    async leave() {
      await driver.rest();
      wish = null;
    },
  };
}
