/** Does one job of a study: any thread can, from the config alone. */
import { LabError } from '../../core/errors.ts';
import { createRandom } from '../../core/random.ts';
import { PARTS } from '../../core/rankers/readout.ts';
import type { ExecutorId } from '../../core/run/executors.ts';
import type { StudyConfig, SupernetVariant } from '../../core/study/config.ts';
import type {
  EvaluationFinished,
  JobProgress,
  ProxiesFinished,
  StudyJob,
  SupernetFinished,
  SupernetReadout,
} from '../../core/study/events.ts';
import { choiceId } from '../../core/study/reducer.ts';
import { type AloneResult, trainAlone } from '../evaluate.ts';
import type { KeptTogether } from '../evaluateTogether.ts';
import { planOf } from '../plan.ts';
import { measureProxies } from '../proxies/measure.ts';
import { readOut, type SupernetOnHand } from '../readout.ts';
import {
  createSupernet,
  type Gate,
  type TrainingName,
  type TrainingReport,
  trainSupernet,
} from '../supernet.ts';
import { EVALUATION_BATCH, type Task } from '../task.ts';

/** What a job came to: its event without the place in the log. Plain data. */
export type JobResult =
  | Omit<SupernetFinished, 'at' | 'wall'>
  | Omit<EvaluationFinished, 'at' | 'wall'>
  | Omit<ProxiesFinished, 'at' | 'wall'>;

/** Trainings side by side that were cancelled, and their time so far in milliseconds. */
export interface KeptGroup {
  readonly training: KeptTogether;
  readonly milliseconds: number;
}

export interface JobContext {
  readonly config: StudyConfig;
  readonly task: Task;
  /** The executor of the study; where it cannot run a variant, `stock` does. */
  readonly executor: ExecutorId;
  /** Awaited before every step and every evaluated batch; throws to end the job. */
  readonly gate: Gate;
  /** Milliseconds, for display only. */
  readonly clock: () => number;
  /**
   * Brings a lost device back, tested as before; jobs that were on it then begin again. Without it
   * they fail.
   * @throws LabError `backend-unavailable` if it does not come back.
   */
  readonly renew?: () => Promise<void>;
  /**
   * The latest trainings side by side that were cancelled, by their jobs. Hand in the same map again to
   * go on with them.
   */
  readonly kept?: Map<string, KeptGroup>;
}

/** A training of one architecture alone. */
export type AloneJob = Extract<StudyJob, { kind: 'alone' }>;

export type OnProgress = (progress: JobProgress) => void;

/** Training steps of a job. */
export function jobSteps(config: StudyConfig, job: StudyJob): number {
  switch (job.kind) {
    case 'supernet':
      return variantOf(config, job.variant).supernet.steps;
    case 'alone':
      return job.steps;
    case 'proxies':
      return 0;
    default:
      return job satisfies never;
  }
}

function variantOf(config: StudyConfig, id: string): SupernetVariant {
  const found = config.variants.find((variant) => variant.id === id);
  if (found) return found;
  throw new LabError('internal', `The study has no supernet variant “${id}”.`, { variant: id });
}

/**
 * Steps after which a supernet is read out: `checkpoints` of them at equal distances, each at the
 * nearest point of its history, and the last step.
 */
export function readoutSteps(steps: number, checkpoints: number, reportEvery: number): number[] {
  const before = Array.from({ length: checkpoints }, (_, c) => {
    const exact = (steps * (c + 1)) / (checkpoints + 1);
    return Math.max(1, Math.round(exact / reportEvery)) * reportEvery;
  });
  return [...new Set([...before.filter((step) => step < steps), steps])];
}

/** Every part there is, for every ranker at once. */
async function readOutWhole(
  on: Pick<SupernetOnHand, 'executor' | 'batches' | 'gate' | 'random'>,
  { step, weights: last, averaged }: TrainingReport,
): Promise<SupernetReadout> {
  const readout = await readOut({ ...on, parts: PARTS, weights: averaged });
  const { probe, leaveOneOut, sampled, exhaustive, loss, accuracy } = readout;
  if (!probe || !leaveOneOut || !sampled) {
    throw new LabError('internal', 'A readout of a study lacks a part.');
  }
  return { step, last, averaged, probe, leaveOneOut, sampled, exhaustive, loss, accuracy };
}

async function runSupernet(
  job: Extract<StudyJob, { kind: 'supernet' }>,
  { config, task, executor: prefer, gate, clock }: JobContext,
  onProgress: OnProgress,
): Promise<JobResult> {
  const since = clock();
  const { supernet } = variantOf(config, job.variant);
  const { steps, reportEvery } = supernet;
  const { seed } = config.run.search;
  const name: TrainingName = { seed, labels: ['study', job.variant, job.supernet] };
  const plan = planOf({ ...config.run, supernet }, task.shape, config.region);
  const executor = createSupernet(plan, supernet, name, prefer);
  const batches = task.validationBatches(EVALUATION_BATCH);
  const wanted = readoutSteps(steps, config.checkpoints, reportEvery);
  const history: Pick<TrainingReport, 'step' | 'loss' | 'accuracy' | 'weights'>[] = [];
  const readouts: SupernetReadout[] = [];
  try {
    for await (const report of trainSupernet(executor, task, supernet, name, 0, gate)) {
      const { step, loss, accuracy, weights } = report;
      const point = { step, loss, accuracy, weights };
      history.push(point);
      onProgress({ job, ...point, steps, phase: 'training' });
      if (!wanted.includes(step)) continue;
      onProgress({ job, ...point, steps, phase: 'readout' });
      // The same paths at every checkpoint, so that the curve over steps shows the supernet alone.
      const random = createRandom(seed, 'ranker', ...name.labels);
      readouts.push(await readOutWhole({ executor, batches, gate, random }, report));
    }
  } finally {
    executor.dispose();
  }
  const { variant } = job;
  const milliseconds = Math.round(clock() - since);
  return {
    type: 'supernet/finished',
    variant,
    supernet: job.supernet,
    history,
    readouts,
    milliseconds,
  };
}

async function runAlone(
  job: AloneJob,
  { config, task, executor, gate, clock }: JobContext,
  onProgress: OnProgress,
): Promise<JobResult> {
  const since = clock();
  const { choice, seed, steps } = job;
  const architecture = choiceId(config.region, choice);
  const training = trainAlone({ config: config.run, architecture, seed, steps }, task, gate, {
    executor,
  });
  let next = await training.next();
  while (!next.done) {
    const phase = next.value.step === steps ? 'readout' : 'training';
    onProgress({ job, ...next.value, steps, weights: null, phase });
    next = await training.next();
  }
  return evaluated(job, next.value, clock() - since);
}

/** What a training alone came to. */
export function evaluated(
  { choice, seed, steps }: AloneJob,
  { network: _, ...result }: AloneResult,
  milliseconds: number,
): JobResult {
  return {
    type: 'evaluation/finished',
    choice,
    seed,
    steps,
    ...result,
    milliseconds: Math.round(milliseconds),
  };
}

async function runProxies(
  { choice }: Extract<StudyJob, { kind: 'proxies' }>,
  { config, task, gate }: JobContext,
): Promise<JobResult> {
  await gate();
  const id = choiceId(config.region, choice);
  const values = await measureProxies(config.run, id, task, [id]);
  return { type: 'proxies/finished', architecture: id, choice, values };
}

/**
 * Does a job from its beginning to its end, and tells how far it is. The result depends on (config,
 * job) alone, but for `milliseconds`.
 * @throws LabError `training-diverged` for a supernet (an architecture alone that diverges is a
 * result), `config-invalid`, `internal` for an unknown variant, and whatever the gate throws.
 */
export async function runJob(
  job: StudyJob,
  context: JobContext,
  onProgress: OnProgress,
): Promise<JobResult> {
  const steps = jobSteps(context.config, job);
  const nothing = { step: 0, steps, loss: null, accuracy: null, weights: null };
  onProgress({ job, ...nothing, phase: job.kind === 'proxies' ? 'readout' : 'training' });
  switch (job.kind) {
    case 'supernet':
      return runSupernet(job, context, onProgress);
    case 'alone':
      return runAlone(job, context, onProgress);
    case 'proxies':
      return runProxies(job, context);
    default:
      return job satisfies never;
  }
}
