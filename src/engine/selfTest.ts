/**
 * Do the gradients of this backend agree with plain JavaScript? One step of a tiny supernet with
 * every kind of operation, by gradient descent, whose first velocity is the gradient.
 */
import type { NetworkShape } from '../core/architecture.ts';
import { regionOf } from '../core/cellId.ts';
import { createRandom } from '../core/random.ts';
import type { Region } from '../core/region.ts';
import type { GradientCheck } from '../core/run/events.ts';
import { compilePlan, type Plan, type PlanOptions } from '../core/schedule.ts';
import type { Executor, ExecutorInit, ExecutorOptions } from './executors/executor.ts';
import { createTfjsExecutor } from './executors/tfjs.ts';
import { initialParameters } from './network/initialise.ts';
import * as tf from './tf.ts';

const SEED = 7;
const BATCH = 6;
const NOTHING = new Float32Array(0);

const SMALL: NetworkShape = {
  input: { height: 8, width: 8, channels: 2 },
  classes: 3,
  operation: { kind: 'conv', kernel: 3 },
  stages: [{ channels: 4, pooling: 2 }],
};
const PAIR: Region = regionOf(2, [[0, 1]]);
const PLAIN: PlanOptions = { poolingType: 'max', normalisation: 'none', weightInit: 'he' };

/** A supernet step with convolution, batch norm, maximum pooling, mixing, classifier and loss. */
function wholeStep(): Plan {
  const cells = regionOf(3, [
    [0, 7],
    [3, 5],
  ]);
  const stages = [
    { channels: 4, pooling: 2 },
    { channels: 5, pooling: 2 },
  ];
  return compilePlan(cells, { ...SMALL, stages }, { ...PLAIN, normalisation: 'batch' });
}

/** One small supernet for every kind of operation, by name. */
function everyOperation(): readonly (readonly [string, Plan])[] {
  const small = (operation: NetworkShape['operation'], options: Partial<PlanOptions> = {}) =>
    compilePlan(PAIR, { ...SMALL, operation }, { ...PLAIN, ...options });
  const conv = { kind: 'conv', kernel: 3 } as const;
  return [
    ['whole step', wholeStep()],
    ['convolution 3×3, maximum pooling', small(conv)],
    ['convolution 5×5', small({ kind: 'conv', kernel: 5 })],
    ['convolution 7×7', small({ kind: 'conv', kernel: 7 })],
    ['average pooling', small(conv, { poolingType: 'average' })],
    ['batch norm', small(conv, { normalisation: 'batch' })],
    ['L2 norm', small(conv, { normalisation: 'l2' })],
    ['linear', small({ kind: 'linear', width: 17 })],
  ];
}

/**
 * Gradient of every weight and alpha of one step, by the executor that `create` makes, with optimiser
 * `sgd` for both: read as its velocity, which rounding of the weights does not blur.
 */
export async function gradientOfStep(
  plan: Plan,
  create: (parameters: Float32Array, alpha: Float32Array) => Executor,
  batchSize: number,
  seed: number,
): Promise<Float32Array> {
  const random = createRandom(seed, 'self-test');
  const cells = plan.stages.reduce((sum, stage) => sum + stage.candidates.length, 0);
  const { height, width, channels } = plan.input;
  const parameters = initialParameters(plan, random);
  const alpha = Float32Array.from({ length: cells }, () => random.uniform());
  const images = Float32Array.from({ length: batchSize * height * width * channels }, () =>
    random.normal(),
  );
  const labels = Uint8Array.from({ length: batchSize }, () => random.integer(plan.classes));
  const noise = Float32Array.from({ length: cells }, () => random.gumbel());
  const executor = create(parameters, alpha);
  try {
    executor.step(
      { images, labels },
      { rate: 1, alphaRate: 1, noise, validation: null, average: false },
    );
    const { weightFirst = NOTHING, alphaFirst = NOTHING } = await executor.save();
    const gradient = new Float32Array(parameters.length + cells).fill(Number.NaN);
    gradient.set(weightFirst);
    gradient.set(alphaFirst, parameters.length);
    return gradient;
  } finally {
    executor.dispose();
  }
}

/** max |a − b| / max |b|; infinite if anything is not a number. */
export function relativeError(a: Float32Array, b: Float32Array): number {
  let error = 0;
  let largest = 0;
  for (let i = 0; i < b.length; i++) {
    const difference = Math.abs((a[i] as number) - (b[i] as number));
    if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY;
    error = Math.max(error, difference);
    largest = Math.max(largest, Math.abs(b[i] as number));
  }
  return largest > 0 ? error / largest : Number.POSITIVE_INFINITY;
}

const OPTIONS: ExecutorOptions = {
  weights: { optimiser: 'sgd', momentum: 0 },
  alpha: { optimiser: 'sgd', momentum: 0, order: 'joint' },
  sampling: 'gumbel',
  temperature: 1,
};

type Create = (init: ExecutorInit) => Executor;

async function errorOf(plan: Plan, create: Create = createTfjsExecutor): Promise<number> {
  const current = tf.getBackend();
  const gradient = (own: Create) =>
    gradientOfStep(
      plan,
      (parameters, alpha) => own({ plan, parameters, alpha, options: OPTIONS }),
      BATCH,
      SEED,
    );
  const found = await gradient(create);
  if (current === 'cpu') return 0;
  await tf.setBackend('cpu');
  const expected = await gradient(createTfjsExecutor);
  await tf.setBackend(current);
  return relativeError(found, expected);
}

/**
 * Error of an executor (`stock` unless given) on the current backend relative to `stock` on `cpu`, by
 * a whole step; the backend stays set.
 */
export function gradientSelfTest(create?: Create): Promise<number> {
  return errorOf(wholeStep(), create);
}

/** As `gradientSelfTest`, for every kind of operation; takes a while on a software GPU. */
export async function checkEveryGradient(): Promise<GradientCheck[]> {
  const checks: GradientCheck[] = [];
  for (const [operation, plan] of everyOperation()) {
    checks.push({ operation, error: await errorOf(plan) });
  }
  return checks;
}
