/** The benchmarks of the page: asks the worker for one after another and keeps what it finds. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Missed } from '../../core/bench/report.ts';
import {
  BENCHMARKS,
  type BenchAmount,
  type BenchBackend,
  type BenchRequest,
  requestsFor,
} from '../../core/bench/requests.ts';
import type { BenchmarkId, BenchResult } from '../../core/bench/results.ts';
import { type ErrorRecord, toErrorRecord } from '../../core/errors.ts';
import type { BackendProbe } from '../../core/run/events.ts';
import { spawnWorker } from '../../worker/client/spawn.ts';
import {
  createWorkerClient,
  NOTHING_HEARD,
  type TrainingWorker,
} from '../../worker/client/training.ts';

/** preparing: the backends are tested. ended: all that was wanted is there, or was cancelled. */
export type BenchStatus = 'idle' | 'preparing' | 'measuring' | 'ended';

export interface BenchState {
  readonly status: BenchStatus;
  readonly amount: BenchAmount;
  readonly wanted: readonly BenchmarkId[];
  /** What the machine has; null before the first start. */
  readonly probe: BackendProbe | null;
  /** Benchmarks that are over, and all of them. */
  readonly done: number;
  readonly total: number;
  /** What the worker has said so far. */
  readonly lines: readonly string[];
  readonly results: readonly BenchResult[];
  readonly missed: readonly Missed[];
  /** True if it was cancelled before its end. */
  readonly cancelled: boolean;
  /** Why nothing could be measured. */
  readonly failure: ErrorRecord | null;
}

export interface Bench {
  readonly store: StoreApi<BenchState>;
  choose(amount: BenchAmount): void;
  want(benchmark: BenchmarkId, wanted: boolean): void;
  /** Measures; resolves when that is over, however it ends. Nothing if it is under way already. */
  start(): Promise<void>;
  cancel(): void;
}

export interface BenchOptions {
  /** For tests. */
  readonly spawn?: () => TrainingWorker;
  /** Where datasets and WASM binaries are served from. */
  readonly baseUrl: string;
}

const INITIAL: BenchState = {
  status: 'idle',
  amount: 'quick',
  wanted: BENCHMARKS.map(({ id }) => id),
  probe: null,
  done: 0,
  total: 0,
  lines: [],
  results: [],
  missed: [],
  cancelled: false,
  failure: null,
};

interface Planned {
  readonly backend: BenchBackend;
  readonly request: BenchRequest;
}

/** WASM is everywhere; the GPU comes last, because a slow one takes long. */
function planned({ amount, wanted }: BenchState, probe: BackendProbe): Planned[] {
  const hasGpu = probe.candidates.some(({ name, available }) => name === 'webgpu' && available);
  const backends: readonly BenchBackend[] = hasGpu ? ['wasm', 'webgpu'] : ['wasm'];
  return backends.flatMap((backend) =>
    requestsFor(amount, backend, wanted).map((request) => ({ backend, request })),
  );
}

const isCancelled = (thrown: unknown) => toErrorRecord(thrown).code === 'cancelled';

/** The controller; no worker is started before `start`. */
export function createBench({ spawn = spawnWorker, baseUrl }: BenchOptions): Bench {
  const store = createStore<BenchState>()(() => INITIAL);
  const say = (line: string) => store.setState(({ lines }) => ({ lines: [...lines, line] }));
  const client = createWorkerClient(spawn, {
    baseUrl,
    pushes: { ...NOTHING_HEARD, benchLine: say },
  });
  let abort: AbortController | null = null;

  const measureOne = async ({ backend, request }: Planned, signal: AbortSignal) => {
    try {
      const result = await client.request('bench', { backend, request }, { signal });
      store.setState(({ results }) => ({ results: [...results, result] }));
    } catch (thrown) {
      if (isCancelled(thrown)) throw thrown;
      const why = toErrorRecord(thrown).message;
      const gap: Missed = { benchmark: request.benchmark, backend, why };
      store.setState(({ missed }) => ({ missed: [...missed, gap] }));
    }
    store.setState(({ done }) => ({ done: done + 1 }));
  };

  const measureAll = async (signal: AbortSignal) => {
    const probe = await client.request('backend', { prefer: 'auto' }, { signal });
    const work = planned(store.getState(), probe);
    store.setState({ status: 'measuring', probe, total: work.length });
    for (const one of work) await measureOne(one, signal);
  };

  return {
    store,
    choose: (amount) => store.setState({ amount }),
    want: (benchmark, wanted) =>
      store.setState((state) => ({
        wanted: BENCHMARKS.map(({ id }) => id).filter((id) =>
          id === benchmark ? wanted : state.wanted.includes(id),
        ),
      })),
    async start() {
      if (abort) return;
      abort = new AbortController();
      const { amount, wanted } = store.getState();
      store.setState({ ...INITIAL, amount, wanted, status: 'preparing' });
      try {
        await measureAll(abort.signal);
        store.setState({ status: 'ended' });
      } catch (thrown) {
        const cancelled = isCancelled(thrown);
        store.setState({
          status: 'ended',
          cancelled,
          failure: cancelled ? null : toErrorRecord(thrown),
        });
      } finally {
        abort = null;
        // What is still computed after a cancel would only be in the way.
        client.terminate();
      }
    },
    cancel: () => abort?.abort(),
  };
}
