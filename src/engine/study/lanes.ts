/**
 * Lanes: where the jobs of a study run. A lane takes up to `capacity` jobs at once; threads, this
 * thread, or a device that trains many networks together stand behind the same interface.
 */
import { LabError } from '../../core/errors.ts';
import type { StudyJob } from '../../core/study/events.ts';
import { type JobContext, type JobResult, type OnProgress, runJob } from './jobs.ts';

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

/** A lane on this thread: one job at a time. */
export function inlineLane(context: JobContext): Lane {
  return {
    capacity: 1,
    async run(jobs, onProgress, signal) {
      const gate = async () => {
        await context.gate();
        if (signal.aborted) throw studyCancelled();
      };
      const results: JobResult[] = [];
      for (const job of jobs) results.push(await runJob(job, { ...context, gate }, onProgress));
      return results;
    },
    dispose: () => undefined,
  };
}
