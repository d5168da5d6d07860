/**
 * Runners: where the jobs of a study run. A runner takes up to `capacity` jobs at once; threads, this
 * thread, or a device that trains many networks together stand behind the same interface.
 */
import { LabError } from '../../core/errors.ts';
import { executorNeeds } from '../../core/run/executors.ts';
import type { JobProgress, StudyDeviceLost, StudyJob } from '../../core/study/events.ts';
import { lossBehind } from '../device.ts';
import type { TogetherOptions } from '../evaluateTogether.ts';
import { executorOf } from '../executors/choose.ts';
import { withRecovery } from '../recovery.ts';
import { type AloneJob, type JobContext, type JobResult, runJob } from './jobs.ts';
import { runTogether, togetherCapacity } from './together.ts';

/** A device that was lost and came back, and the jobs that then began again. */
export type DeviceLoss = Omit<StudyDeviceLost, 'at' | 'wall'>;

/** What a runner tells while it works. */
export type RunnerNews = JobProgress | DeviceLoss;

export type OnNews = (news: RunnerNews) => void;

export interface Runner {
  /** Jobs that one `run` may be given; more than one only for trainings alone of equal length. */
  readonly capacity: number;
  /**
   * Does the jobs; results in their order. One call at a time.
   * @throws LabError `cancelled` soon after `signal` aborts; `worker-died` or `device-lost` if the
   * runner is no more: its jobs can be done by another.
   */
  run(
    jobs: readonly StudyJob[],
    onNews: OnNews,
    signal: AbortSignal,
  ): Promise<readonly JobResult[]>;
  /** Frees the runner; what runs on it ends. */
  dispose(): void;
}

export const studyCancelled = () => new LabError('cancelled', 'The study was interrupted.');

export interface InlineOptions extends Pick<TogetherOptions, 'createNetworks'> {
  /** Trainings alone that are done at once; as many as the executor is good for unless given. */
  readonly capacity?: number;
}

const isAlone = (job: StudyJob): job is AloneJob => job.kind === 'alone';

/**
 * A runner on this thread: one job at a time, but trainings alone side by side where the executor can
 * (WebGPU). With `context.renew`, jobs begin again on a new device when theirs was lost.
 * @throws LabError `backend-unavailable` if the executor needs a device that is not there.
 */
export function inlineRunner(context: JobContext, options: InlineOptions = {}): Runner {
  const { capacity = togetherCapacity(context), ...networks } = options;
  return {
    capacity,
    async run(jobs, onNews, signal) {
      const gate = async () => {
        await context.gate();
        if (signal.aborted) throw studyCancelled();
      };
      const own = { ...context, gate };
      const device = {
        lossBehind: async (thrown: unknown) => (signal.aborted ? null : lossBehind(thrown)),
        renew: context.renew,
      };
      const recovering = <T>(lost: readonly StudyJob[], work: () => Promise<T>) =>
        withRecovery(device, work, (message) => {
          // The new device must do what the old one did: a log is never a mix of two executors.
          executorOf('study', executorNeeds(context.config.run), context.executor);
          onNews({ type: 'device/lost', message, jobs: lost });
        });
      if (capacity > 1 && jobs.length > 1 && jobs.every(isAlone)) {
        return recovering(jobs, () => runTogether(jobs, own, onNews, networks));
      }
      const results: JobResult[] = [];
      for (const job of jobs) results.push(await recovering([job], () => runJob(job, own, onNews)));
      return results;
    },
    dispose: () => undefined,
  };
}
