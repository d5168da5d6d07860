/** Trainings alone on several threads against one: the runners of a study, wherever they run. */
import type { PoolOptions } from '../../core/bench/requests.ts';
import type { Place, PoolResult } from '../../core/bench/results.ts';
import { median } from '../../core/bench/statistics.ts';
import { presetConfig } from '../../core/run/resolve.ts';
import type { StudyConfig } from '../../core/study/config.ts';
import { studyConfig } from '../../core/study/defaults.ts';
import { Dispatcher, type NamedJob } from '../study/dispatcher.ts';
import type { JobResult } from '../study/jobs.ts';
import type { Runner } from '../study/runners.ts';
import { type BenchHost, timed } from './timing.ts';

export interface PoolHost extends BenchHost {
  /** Ends the benchmark. */
  readonly signal: AbortSignal;
  /**
   * Opens runners of one thread each, which the benchmark disposes.
   * @throws LabError `backend-unavailable` where there are no threads.
   */
  readonly openRunners: (count: number, config: StudyConfig) => Promise<readonly Runner[]>;
}

/** The study whose architectures are trained: that of the `quick` preset. */
export const poolStudy = (): StudyConfig => studyConfig(presetConfig('quick'));

/** The i-th architecture of the region; beyond the last, the first with another seed, and so on. */
function aloneJob({ region }: StudyConfig, i: number, steps: number): NamedJob {
  let rest = i;
  const choice = region.map(({ length }) => {
    const digit = rest % length;
    rest = Math.floor(rest / length);
    return digit;
  });
  return { key: String(i), job: { kind: 'alone', choice, seed: rest, steps } };
}

/** Loss and accuracy, which must not depend on the thread. */
const outcomeOf = (result: JobResult | null) =>
  result?.type === 'evaluation/finished' ? [result.loss, result.accuracy] : null;

/** Does all jobs, each on the next free runner, as a study does. */
async function train(jobs: readonly NamedJob[], runners: readonly Runner[], signal: AbortSignal) {
  const dispatcher = new Dispatcher(runners, signal, new Map());
  try {
    const outcomes: unknown[] = [];
    for (const { key } of jobs) {
      for (;;) {
        signal.throwIfAborted();
        const result = dispatcher.take(key);
        if (result) {
          outcomes.push(outcomeOf(result));
          break;
        }
        dispatcher.start(jobs.slice(outcomes.length));
        await dispatcher.change();
      }
    }
    return JSON.stringify(outcomes);
  } finally {
    await dispatcher.stop();
  }
}

/** The same runners serve both: all of them, and the first alone; in turn, after one job each. */
export async function measurePool(
  place: Place,
  { repeats, architectures, steps, workers }: PoolOptions,
  host: PoolHost,
): Promise<PoolResult> {
  const { signal } = host;
  const config = poolStudy();
  const runners = await host.openRunners(workers, config);
  try {
    const jobs = Array.from({ length: architectures }, (_, i) => aloneJob(config, i, steps));
    await Promise.all(runners.map((runner) => train(jobs.slice(0, 1), [runner], signal)));
    const times = { one: [] as number[], pool: [] as number[] };
    let same = true;
    for (let round = 0; round < repeats; round++) {
      await host.gate();
      let [one, pool] = ['', ''];
      const oneTime = await timed(host, async () => {
        one = await train(jobs, runners.slice(0, 1), signal);
      });
      const poolTime = await timed(host, async () => {
        pool = await train(jobs, runners, signal);
      });
      times.one.push(oneTime);
      times.pool.push(poolTime);
      same &&= one === pool;
      const seconds = [oneTime, poolTime].map((time) => (time / 1000).toFixed(1));
      host.tell(
        `${architectures} trainings: ${seconds[0]} s on one thread, ${seconds[1]} s on ${workers}`,
      );
    }
    const oneWorkerSeconds = median(times.one) / 1000;
    const poolSeconds = median(times.pool) / 1000;
    return {
      benchmark: 'pool',
      ...place,
      repeats,
      architectures,
      steps,
      workers,
      oneWorkerSeconds,
      poolSeconds,
      ratio: oneWorkerSeconds / poolSeconds,
      same,
    };
  } finally {
    for (const runner of runners) runner.dispose();
  }
}
