/**
 * Has something done in the worker whose log is open, and keeps that log whole. What runs, studies and
 * networks have in common is here: one request at a time, its events into the log and into storage, how
 * it stands, and what ends it (its result, a pause, a failure, the death of the worker). After any of
 * them it goes on from the log.
 */
import { type ErrorRecord, LabError, toErrorRecord } from '../../core/errors.ts';
import { type LabStore, notify, type RunStatus } from '../store.ts';

/** What is different for each kind of log. */
export interface Driven<E> {
  /** The log that is open; null if there is none. */
  readonly openId: () => string | null;
  readonly status: () => RunStatus;
  /** Shows how it stands; `failure` null: it failed no more. */
  readonly stand: (status: RunStatus, failure?: ErrorRecord | null) => void;
  /** Of these events, those that the log does not have yet. */
  readonly fresh: (events: readonly E[]) => readonly E[];
  /** Adds events to the open log on the screen. */
  readonly add: (events: readonly E[]) => void;
  /** Has events stored. */
  readonly record: (id: string, events: readonly E[]) => void;
  /** A sentence for the user about an event that just happened; null for most. */
  readonly warning: (event: E) => string | null;
  /** Tells the user of a failure. */
  readonly fail: (failure: ErrorRecord) => void;
  /** Called when it rests again, however it came to; resolves when everything is stored. */
  readonly rested: () => Promise<void>;
}

export interface LogDriver<E> {
  /**
   * Goes on by a request to the worker, whose result says how it then stands; resolves when it rests.
   * Does nothing if it is under way already. `from` is how it stands until the first event.
   */
  go(
    from: 'starting' | 'running',
    request: (signal: AbortSignal) => Promise<RunStatus>,
  ): Promise<void>;
  /** Asks the worker to stop at its next step. */
  pause(): void;
  /** Pauses and waits for it. */
  rest(): Promise<void>;
  /** What the worker says of a log; ignored unless it is the open one. */
  hear(id: string, events: readonly E[]): void;
  /** True while a request is under way. */
  busy(): boolean;
}

/** A driver; nothing is asked of the worker yet. */
export function createLogDriver<E>(store: LabStore, driven: Driven<E>): LogDriver<E> {
  let abort: AbortController | null = null;
  let journey: Promise<void> = Promise.resolve();

  const end = (thrown: unknown) => {
    if (thrown instanceof LabError && thrown.code === 'cancelled') {
      driven.stand('paused');
      return;
    }
    const failure = toErrorRecord(thrown);
    driven.stand('failed', failure);
    driven.fail(failure);
  };

  const travel = async (
    request: (signal: AbortSignal) => Promise<RunStatus>,
    signal: AbortSignal,
  ) => {
    try {
      driven.stand(await request(signal));
    } catch (thrown) {
      end(thrown);
    } finally {
      abort = null;
      store.setState({ load: null });
      await driven.rested();
    }
  };

  return {
    go(from, request) {
      if (abort || driven.openId() === null) return journey;
      abort = new AbortController();
      driven.stand(from, null);
      journey = travel(request, abort.signal);
      return journey;
    },
    pause: () => abort?.abort(),
    async rest() {
      abort?.abort();
      await journey;
    },
    hear(id, events) {
      if (driven.openId() !== id) return;
      const fresh = driven.fresh(events);
      if (fresh.length > 0) {
        driven.add(fresh);
        driven.record(id, fresh);
      }
      for (const event of fresh) {
        const text = driven.warning(event);
        if (text !== null) notify(store, 'warning', text);
      }
      if (driven.status() !== 'starting') return;
      driven.stand('running');
      store.setState({ load: null });
    },
    busy: () => abort !== null,
  };
}
