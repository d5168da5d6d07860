/** Trains the supernet of a region step by step and reports as it goes. */
import { LabError } from '../core/errors.ts';
import { createRandom } from '../core/random.ts';
import type { SupernetConfig } from '../core/run/config.ts';
import type { Plan } from '../core/schedule.ts';
import type { Executor, StepControl, StepStatistics } from './executors/executor.ts';
import { createStockExecutor } from './executors/stock.ts';
import { initialParameters } from './network/initialise.ts';
import { rateAt } from './rates.ts';
import type { Task } from './task.ts';

/** Names one supernet of a run; every random draw hangs on it. */
export interface SupernetName {
  readonly seed: number;
  readonly generation: number;
  readonly supernet: number;
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

function initialAlpha(plan: Plan, config: SupernetConfig, name: SupernetName): Float32Array {
  const random = createRandom(name.seed, 'alpha', name.generation, name.supernet);
  const value = { zeros: () => 0, ones: () => 1, uniform: () => random.uniform() };
  return Float32Array.from({ length: candidateCount(plan) }, value[config.alpha.init]);
}

/** A fresh executor with seeded parameters. The caller disposes it. */
export function createSupernet(plan: Plan, config: SupernetConfig, name: SupernetName): Executor {
  const random = createRandom(name.seed, 'weights', name.generation, name.supernet);
  return createStockExecutor({
    plan,
    parameters: initialParameters(plan, random),
    alpha: initialAlpha(plan, config, name),
    options: {
      weights: config.weights,
      alpha: config.alpha,
      sampling: config.sampling,
      temperature: config.temperature,
    },
  });
}

/** First step (from 0) at which alpha moves, and the first of the last third. */
export function milestones(config: SupernetConfig): { alphaFrom: number; averageFrom: number } {
  return {
    alphaFrom: Math.round(config.alpha.frozen * config.steps),
    averageFrom: config.steps - Math.ceil(config.steps / 3),
  };
}

function noiseOf(plan: Plan, config: SupernetConfig, name: SupernetName, step: number) {
  const noise = new Float32Array(candidateCount(plan));
  if (config.sampling === 'softmax') return noise;
  const random = createRandom(name.seed, 'gumbel', name.generation, name.supernet, step);
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
  name: SupernetName,
  fromStep: number,
  gate: Gate,
): AsyncGenerator<TrainingReport, void> {
  const { plan } = executor;
  const stream = task.trainStream(config.batchSize, name.generation, name.supernet);
  const held =
    config.alpha.order === 'joint'
      ? null
      : task.validationStream(config.batchSize, name.generation, name.supernet);
  const { alphaFrom, averageFrom } = milestones(config);
  for (let step = fromStep; step < config.steps; step++) {
    await gate();
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
