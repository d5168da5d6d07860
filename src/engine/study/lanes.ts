/**
 * Lanes: where the jobs of a study run. A lane takes up to `capacity` jobs at once; threads, this
 * thread, or a device that trains many networks together stand behind the same interface.
 */
import { LabError } from '../../core/errors.ts';
import type { StudyJob } from '../../core/study/events.ts';
import type { TogetherOptions } from '../evaluateTogether.ts';
import { type AloneJob, type JobContext, type JobResult, type OnProgress, runJob } from './jobs.ts';
import { withRecovery } from './recovery.ts';
import { runTogether, togetherCapacity } from './together.ts';

export interface Lane {
  /** Jobs that one `run` may be given; more than one only for trainings alone of equal length. */
  readonly capacity: number;
  /**
   * Does the jobs; results in their order. One call at a time.
   * @throws LabError `cancelled` soon after `signal` aborts; `worker-died` or `device-lost` if the
   * lane is no more: its jobs can be done by another.
   */
  run(
    jobs: readonly StudyJob[],
    onProgress: OnProgress,
    signal: AbortSignal,
  ): Promise<readonly JobResult[]>;
  /** Frees the lane; what runs on it ends. */
  dispose(): void;
}

export const studyCancelled = () => new LabError('cancelled', 'The study was interrupted.');

export interface InlineOptions extends Pick<TogetherOptions, 'createNetworks'> {
  /** Trainings alone that are done at once; as many as the executor is good for unless given. */
  readonly capacity?: number;
}

const isAlone = (job: StudyJob): job is AloneJob => job.kind === 'alone';

/**
 * A lane on this thread: one job at a time, but trainings alone side by side where the executor can
 * (WebGPU). With `context.renew`, jobs begin again on a new device when theirs was lost.
 * @throws LabError `backend-unavailable` if the executor needs a device that is not there.
 */
export function inlineLane(context: JobContext, options: InlineOptions = {}): Lane {
  const { capacity = togetherCapacity(context), ...networks } = options;
  return {
    capacity,
    async run(jobs, onProgress, signal) {
      const gate = async () => {
        await context.gate();
        if (signal.aborted) throw studyCancelled();
      };
      const own = { ...context, gate };
      if (capacity > 1 && jobs.length > 1 && jobs.every(isAlone)) {
        return withRecovery(() => runTogether(jobs, own, onProgress, networks), own, signal);
      }
      const results: JobResult[] = [];
      for (const job of jobs) {
        results.push(await withRecovery(() => runJob(job, own, onProgress), own, signal));
      }
      return results;
    },
    dispose: () => undefined,
  };
}
