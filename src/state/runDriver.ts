/**
 * What is special about driving a run: the worker holds it between two requests, a checkpoint can save
 * the training that was interrupted, and a resumed worker may repeat what is in the log.
 */
import { LabError } from '../core/errors.ts';
import { deviceLossSentence } from '../core/run/deviceLoss.ts';
import type { RunEvent, RunLog } from '../core/run/events.ts';
import { isAfter, resumePrefix } from '../core/run/history.ts';
import { currentRound, type RunView } from '../core/run/reducer.ts';
import type { WorkerClient } from '../worker/client/training.ts';
import type {
  Checkpoint,
  RequestBody,
  RequestResult,
  RunUntil,
} from '../worker/protocol/training.ts';
import { createLogDriver } from './log/driver.ts';
import type { Recorder } from './log/recorder.ts';
import type { RunFacts } from './storage/runs.ts';
import { addEvents, type LabStore, notify, type RunStatus, showRun } from './store.ts';

/** How long the worker may take to free a run; a step on a slow machine takes seconds. */
const STOP_WITHIN_MS = 8000;

/** What the open run needs to be started, apart from its log. */
export type StartConfig = RequestBody<'start'>['config'];

export interface RunDriver {
  /** Goes on with the open run; resolves when it rests again. */
  go(until: RunUntil, config: StartConfig): Promise<void>;
  pause(): void;
  /** Pauses, waits for it, and frees the run in the worker. */
  leave(): Promise<void>;
  onEvents(run: string, events: readonly RunEvent[]): void;
  onCheckpoint(run: string, checkpoint: Checkpoint): void;
  onDied(): void;
}

/** Events the log does not have yet: a resumed worker may repeat some. */
export function freshEvents(view: RunView, events: readonly RunEvent[]): readonly RunEvent[] {
  const current = currentRound(view);
  const last = current?.jobs.findLast(({ progress }) => progress.length > 0)?.progress.at(-1);
  return events.filter((event) => {
    if (event.type === 'run/started') return view.header === null;
    if (!current || !('round' in event) || event.round !== current.index) return true;
    if (event.type === 'round/started') return false;
    if (event.type === 'job/finished') return current.jobs[event.job]?.result === null;
    return event.type !== 'job/progress' || !last || isAfter(event, last);
  });
}

/** How a run that nobody drives stands. */
export function restingStatus(view: RunView): RunStatus {
  if (view.finished) return 'finished';
  return view.phase === 'failed' ? 'failed' : 'paused';
}

/** A driver of the store's open run. */
export function createRunDriver(
  store: LabStore,
  recorder: Recorder<RunEvent, RunFacts, Checkpoint>,
  client: () => WorkerClient,
): RunDriver {
  let held: string | null = null;
  let heard = false;
  let latest: { readonly run: string; readonly checkpoint: Checkpoint } | null = null;

  const driver = createLogDriver<RunEvent>(store, {
    openId: () => store.getState().run?.id ?? null,
    status: () => store.getState().status,
    stand: (status, failure) =>
      store.setState({ status, ...(failure === undefined ? {} : { failure }) }),
    fresh: (events) => freshEvents(store.getState().live, events),
    add: (events) => addEvents(store, events),
    record: recorder.append,
    warning(event) {
      if (event.type !== 'device/lost') return null;
      return deviceLossSentence(event, store.getState().live.config);
    },
    fail(failure) {
      held = null;
      notify(store, 'error', failure.message, failure);
    },
    rested: recorder.flush,
  });

  const findCheckpoint = async (run: string): Promise<Checkpoint | null> => {
    if (latest?.run === run) return latest.checkpoint;
    try {
      return await recorder.read((runs) => runs.loadSnapshot(run));
    } catch {
      return null; // Without it the training starts again: slower, never wrong.
    }
  };

  /** Cuts the log to where the worker will go on, here and in storage. */
  const cut = (run: RunLog, kept: readonly RunEvent[]) => {
    if (kept.length === run.events.length) return;
    showRun(store, { ...run, events: kept });
    recorder.truncate(run.id, kept.length);
  };

  const startBody = async (
    run: RunLog,
    until: RunUntil,
    config: StartConfig,
  ): Promise<RequestBody<'start'>> => {
    const header = run.events[0];
    const parent = header?.type === 'run/started' ? header.parent : null;
    const stored = run.events.length > 1 ? await findCheckpoint(run.id) : null;
    const { events, useCheckpoint } = resumePrefix(run.events, stored);
    cut(run, events);
    const checkpoint = useCheckpoint ? stored : null;
    return { run: run.id, config, until, events, parent, checkpoint };
  };

  const start = async (
    run: RunLog,
    until: RunUntil,
    config: StartConfig,
    signal: AbortSignal,
  ): Promise<RequestResult<'start'>> => {
    const body = await startBody(run, until, config);
    heard = false;
    const result = await client().request('start', body, { signal });
    held = run.id;
    return result;
  };

  const travel = async (
    run: RunLog,
    until: RunUntil,
    config: StartConfig,
    signal: AbortSignal,
  ): Promise<RunStatus> => {
    try {
      const { phase } =
        held === run.id
          ? await client().request('advance', { run: run.id, until }, { signal })
          : await start(run, until, config, signal);
      if (phase === 'finished') return 'finished';
      return signal.aborted ? 'paused' : 'waiting';
    } catch (thrown) {
      // The worker keeps the run if it had begun; it stops at its next step.
      const cancelled = thrown instanceof LabError && thrown.code === 'cancelled';
      if (cancelled && heard) held = run.id;
      throw thrown;
    }
  };

  return {
    async go(until, config) {
      const { run } = store.getState();
      if (!run) return;
      const from = held === run.id ? 'running' : 'starting';
      await driver.go(from, (signal) => travel(run, until, config, signal));
    },
    pause: driver.pause,
    async leave() {
      await driver.rest();
      const run = held;
      held = null;
      latest = null;
      if (!run) return;
      const signal = AbortSignal.timeout(STOP_WITHIN_MS);
      // A worker that does not even stop is hung: the next run gets another.
      await client()
        .request('stop', { run }, { signal })
        .catch(() => client().terminate());
    },
    onEvents(run, events) {
      if (store.getState().run?.id === run) heard = true;
      driver.hear(run, events);
    },
    onCheckpoint(run, checkpoint) {
      if (store.getState().run?.id !== run) return;
      latest = { run, checkpoint };
      recorder.snapshot(run, checkpoint);
    },
    onDied() {
      const lost = held !== null;
      held = null;
      // A pending call reports the death itself.
      if (lost && !driver.busy())
        notify(store, 'warning', 'The training thread stopped. Play starts it again.');
    },
  };
}
