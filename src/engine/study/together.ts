/** Trainings alone of a study, several at once where the device can. */
import type { StudyConfig } from '../../core/study/config.ts';
import { choiceId } from '../../core/study/reducer.ts';
import { alonePlan } from '../evaluate.ts';
import { type TogetherOptions, trainTogether } from '../evaluateTogether.ts';
import { networksThatFit } from '../executors/webgpu/networks.ts';
import type { Task } from '../task.ts';
import {
  type AloneJob,
  evaluated,
  type JobContext,
  type JobResult,
  type OnProgress,
} from './jobs.ts';

/**
 * More networks at once gain little, and delay what they would show first: results come when all of
 * them are done.
 */
const MOST_TOGETHER = 24;

/** The architecture of a region that takes most room: the cell of most operations in every stage. */
function largestPlan({ run, region }: StudyConfig, { shape }: Task) {
  const operations = (s: number, candidate: number) => {
    const choice = region.map((_, stage) => (stage === s ? candidate : 0));
    const stage = alonePlan(run, shape, choiceId(region, choice)).stages[s];
    return stage?.candidates[0]?.levels.flat().length ?? 0;
  };
  const choice = region.map((masks, s) => {
    const counts = masks.map((_, candidate) => operations(s, candidate));
    return counts.indexOf(Math.max(...counts));
  });
  return alonePlan(run, shape, choiceId(region, choice));
}

/** How many architectures of a study are trained at once: more than one on WebGPU only. */
export function togetherCapacity({
  config,
  task,
  executor,
}: Pick<JobContext, 'config' | 'task' | 'executor'>): number {
  if (executor !== 'webgpu') return 1;
  const largest = largestPlan(config, task);
  const plans = Array.from({ length: MOST_TOGETHER }, () => largest);
  return networksThatFit(plans, config.run.supernet.batchSize);
}

/**
 * Does trainings of equal length at once; results in their order, each equal within rounding to what
 * `runJob` gives. Their time is shared out among them.
 * @throws as `trainTogether`.
 */
export async function runTogether(
  jobs: readonly AloneJob[],
  { config, task, gate, clock, kept }: JobContext,
  onProgress: OnProgress,
  options: TogetherOptions = {},
): Promise<JobResult[]> {
  const key = JSON.stringify(jobs);
  const before = kept?.get(key);
  const since = clock() - (before?.milliseconds ?? 0);
  const steps = jobs[0]?.steps ?? 0;
  const trainings = jobs.map(({ choice, seed }) => ({
    architecture: choiceId(config.region, choice),
    seed,
  }));
  const training = trainTogether({ config: config.run, steps, trainings }, task, gate, {
    ...options,
    resume: before?.training,
    onCancelled(cancelled) {
      kept?.clear();
      kept?.set(key, { training: cancelled, milliseconds: clock() - since });
    },
  });
  let next = await training.next();
  while (!next.done) {
    const { index, point } = next.value;
    const job = jobs[index];
    const phase = point?.step === steps ? 'readout' : 'training';
    const { step, loss, accuracy } = point ?? { step: 0, loss: null, accuracy: null };
    if (job) onProgress({ job, step, steps, loss, accuracy, weights: null, phase });
    next = await training.next();
  }
  kept?.clear();
  const share = (clock() - since) / jobs.length;
  return next.value.flatMap((result, i) => {
    const job = jobs[i];
    return job ? [evaluated(job, result, share)] : [];
  });
}
