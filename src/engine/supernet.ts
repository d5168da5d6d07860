/** Trains the supernet of a region step by step and reports as it goes. */
import { LabError } from '../core/errors.ts';
import { createRandom } from '../core/random.ts';
import type { SupernetConfig } from '../core/run/config.ts';
import type { ExecutorPreference } from '../core/run/executors.ts';
import type { Plan } from '../core/schedule.ts';
import { createExecutor } from './executors/choose.ts';
import type { Executor, StepControl, StepStatistics } from './executors/executor.ts';
import { initialParameters } from './network/initialise.ts';
import { rateAt } from './rates.ts';
import type { Task } from './task.ts';

/**
 * Names one training; every random draw hangs on it. Labels: generation and supernet in a search;
 * others for the supernets of a study and for architectures trained alone.
 */
export interface TrainingName {
  readonly seed: number;
  readonly labels: readonly (string | number)[];
}

export interface TrainingReport extends StepStatistics {
  /** Steps done, 1..steps. */
  readonly step: number;
  readonly epoch: number;
  readonly alphaMoves: boolean;
}

/**
 * Called before every step: yields to the message loop, waits while the run is paused, and throws a
 * `cancelled` LabError when it is to end.
 */
export type Gate = () => Promise<void>;

const candidateCount = (plan: Plan) =>
  plan.stages.reduce((sum, stage) => sum + stage.candidates.length, 0);

function initialAlpha(plan: Plan, config: SupernetConfig, name: TrainingName): Float32Array {
  const random = createRandom(name.seed, 'alpha', ...name.labels);
  const value = { zeros: () => 0, ones: () => 1, uniform: () => random.uniform() };
  return Float32Array.from({ length: candidateCount(plan) }, value[config.alpha.init]);
}

/** Flat parameters to begin a training with. */
export function seededParameters(plan: Plan, name: TrainingName): Float32Array {
  return initialParameters(plan, createRandom(name.seed, 'weights', ...name.labels));
}

/** A fresh executor with seeded parameters. The caller disposes it. */
export function createSupernet(
  plan: Plan,
  config: SupernetConfig,
  name: TrainingName,
  prefer: ExecutorPreference = 'auto',
): Executor {
  const init = {
    plan,
    parameters: seededParameters(plan, name),
    alpha: initialAlpha(plan, config, name),
    options: {
      weights: config.weights,
      alpha: config.alpha,
      sampling: config.sampling,
      temperature: config.temperature,
    },
  };
  return createExecutor(init, { prefer });
}

/** First step (from 0) at which alpha moves, and the first of the last third. */
export function milestones(config: SupernetConfig): { alphaFrom: number; averageFrom: number } {
  return {
    alphaFrom: Math.round(config.alpha.frozen * config.steps),
    averageFrom: config.steps - Math.ceil(config.steps / 3),
  };
}

function noiseOf(plan: Plan, config: SupernetConfig, name: TrainingName, step: number) {
  const noise = new Float32Array(candidateCount(plan));
  if (config.sampling === 'softmax') return noise;
  const random = createRandom(name.seed, 'gumbel', ...name.labels, step);
  return noise.map(() => random.gumbel());
}

function checkFinite(report: StepStatistics, step: number): void {
  if (Number.isFinite(report.loss) && report.weights.flat().every(Number.isFinite)) return;
  throw new LabError(
    'training-diverged',
    `The supernet's loss is no longer a number at step ${step}. Lower the learning rate (supernet.weights.rate), or use batch norm.`,
    { step },
  );
}

/**
 * Trains from `fromStep` (steps already done) to the end; a report every `reportEvery` steps and
 * after the last.
 * @throws LabError `training-diverged`, and whatever the gate throws.
 */
export async function* trainSupernet(
  executor: Executor,
  task: Task,
  config: SupernetConfig,
  name: TrainingName,
  fromStep: number,
  gate: Gate,
): AsyncGenerator<TrainingReport, void> {
  const { plan } = executor;
  const stream = task.trainStream(config.batchSize, ...name.labels);
  const held =
    config.alpha.order === 'joint' ? null : task.validationStream(config.batchSize, ...name.labels);
  const { alphaFrom, averageFrom } = milestones(config);
  for (let step = fromStep; step < config.steps; step++) {
    await gate();
    await executor.ready?.();
    const alphaMoves = step >= alphaFrom;
    const control: StepControl = {
      rate: rateAt(config.weights, step, config.steps, stream.stepsPerEpoch),
      alphaRate: alphaMoves ? rateAt(config.alpha, step, config.steps, stream.stepsPerEpoch) : 0,
      noise: noiseOf(plan, config, name, step),
      validation: held?.batch(step) ?? null,
      average: step >= averageFrom,
    };
    executor.step(stream.batch(step), control);
    const done = step + 1;
    if (done % config.reportEvery !== 0 && done !== config.steps) continue;
    const report = await executor.statistics();
    checkFinite(report, done);
    yield { ...report, step: done, epoch: Math.floor(step / stream.stepsPerEpoch), alphaMoves };
  }
}
