/**
 * Drives one run in the worker: starts it, resumes it from its log after a pause, a reload or a death,
 * and keeps the log whole. It knows whether the worker still holds the run.
 */
import { LabError, toErrorRecord } from '../core/errors.ts';
import { deviceLossSentence } from '../core/run/deviceLoss.ts';
import type { RunEvent, RunLog, SupernetProgress } from '../core/run/events.ts';
import { resumePrefix } from '../core/run/history.ts';
import { currentGeneration, type RunView } from '../core/run/reducer.ts';
import type { WorkerClient } from '../worker/client/training.ts';
import type { Checkpoint, RequestBody, RunUntil } from '../worker/protocol/training.ts';
import type { Recorder } from './recorder.ts';
import { addEvents, type LabStore, notify, type RunStatus, showRun } from './store.ts';

/** How long the worker may take to free a run; a step on a slow machine takes seconds. */
const STOP_WITHIN_MS = 8000;

/** What the open run needs to be started, apart from its log. */
export type StartConfig = RequestBody<'start'>['config'];

export interface Driver {
  /** Goes on with the open run; resolves when it rests again. */
  go(until: RunUntil, config: StartConfig): Promise<void>;
  pause(): void;
  /** Pauses, waits for it, and frees the run in the worker. */
  leave(): Promise<void>;
  onEvents(run: string, events: readonly RunEvent[]): void;
  onCheckpoint(run: string, checkpoint: Checkpoint): void;
  onDied(): void;
}

function isOld(event: SupernetProgress, last: SupernetProgress | undefined): boolean {
  if (!last) return false;
  if (event.supernet !== last.supernet) return event.supernet < last.supernet;
  return event.step <= last.step;
}

/** Events the log does not have yet: a resumed worker may repeat some. */
export function freshEvents(view: RunView, events: readonly RunEvent[]): readonly RunEvent[] {
  const current = currentGeneration(view);
  return events.filter((event) => {
    if (event.type === 'run/started') return view.header === null;
    if (!current || !('generation' in event) || event.generation !== current.index) return true;
    if (event.type === 'generation/started') return false;
    return event.type !== 'supernet/progress' || !isOld(event, current.progress.at(-1));
  });
}

/** How a run that nobody drives stands. */
export function restingStatus(view: RunView): RunStatus {
  if (view.finished) return 'finished';
  return view.phase === 'failed' ? 'failed' : 'paused';
}

/** A driver of the store's open run. */
export function createDriver(
  store: LabStore,
  recorder: Recorder,
  client: () => WorkerClient,
): Driver {
  let held: string | null = null;
  let heard = false;
  let latest: { readonly run: string; readonly checkpoint: Checkpoint } | null = null;
  let abort: AbortController | null = null;
  let journey: Promise<void> = Promise.resolve();

  const findCheckpoint = async (run: string): Promise<Checkpoint | null> => {
    if (latest?.run === run) return latest.checkpoint;
    try {
      return await recorder.read((storage) => storage.loadCheckpoint(run));
    } catch {
      return null; // Without it the generation starts again: slower, never wrong.
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

  const request = async (
    run: RunLog,
    until: RunUntil,
    config: StartConfig,
    signal: AbortSignal,
  ) => {
    if (held === run.id) {
      return client().request('advance', { run: run.id, until }, { signal });
    }
    const body = await startBody(run, until, config);
    heard = false;
    const result = await client().request('start', body, { signal });
    held = run.id;
    return result;
  };

  const fail = (thrown: unknown) => {
    held = null;
    const failure = toErrorRecord(thrown);
    store.setState({ status: 'failed', failure });
    notify(store, 'error', failure.message, failure);
  };

  const travel = async (run: RunLog, until: RunUntil, config: StartConfig, signal: AbortSignal) => {
    try {
      const { phase } = await request(run, until, config, signal);
      const resting = signal.aborted ? 'paused' : 'waiting';
      store.setState({ status: phase === 'finished' ? 'finished' : resting });
    } catch (thrown) {
      if (thrown instanceof LabError && thrown.code === 'cancelled') {
        // The worker keeps the run if it had begun; it stops at its next step.
        if (heard) held = run.id;
        store.setState({ status: 'paused' });
      } else fail(thrown);
    } finally {
      abort = null;
      store.setState({ load: null });
      await recorder.flush();
    }
  };

  return {
    go(until, config) {
      const { run } = store.getState();
      if (!run || abort) return journey;
      abort = new AbortController();
      const status = held === run.id ? 'running' : 'starting';
      store.setState({ status, failure: null });
      journey = travel(run, until, config, abort.signal);
      return journey;
    },
    pause: () => abort?.abort(),
    async leave() {
      abort?.abort();
      await journey;
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
      const state = store.getState();
      if (state.run?.id !== run) return;
      heard = true;
      const fresh = freshEvents(state.live, events);
      addEvents(store, fresh);
      if (fresh.length > 0) recorder.append(run, fresh);
      for (const event of fresh) {
        if (event.type !== 'device/lost') continue;
        const supernets = state.live.config?.ranker.supernets ?? 1;
        notify(store, 'warning', deviceLossSentence(event, supernets));
      }
      if (state.status === 'starting') store.setState({ status: 'running', load: null });
    },
    onCheckpoint(run, checkpoint) {
      if (store.getState().run?.id !== run) return;
      latest = { run, checkpoint };
      recorder.checkpoint(run, checkpoint);
    },
    onDied() {
      const lost = held !== null;
      held = null;
      // A pending call reports the death itself.
      if (lost && !abort)
        notify(store, 'warning', 'The training thread stopped. Play starts it again.');
    },
  };
}
