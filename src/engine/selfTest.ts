/**
 * Do the gradients of this backend agree with plain JavaScript? One step of a tiny supernet with
 * every kind of operation, SGD at rate 1, so that the change of the weights is the gradient.
 */
import { createRandom } from '../core/random.ts';
import { compilePlan, type Plan } from '../core/schedule.ts';
import type { Executor } from './executors/executor.ts';
import { createStockExecutor } from './executors/stock.ts';
import { initialParameters } from './network/initialise.ts';
import * as tf from './tf.ts';

const SEED = 7;
const BATCH = 6;

function tinyPlan(): Plan {
  return compilePlan(
    {
      vertices: 3,
      stages: [
        [0, 7],
        [3, 5],
      ],
    },
    {
      input: { height: 8, width: 8, channels: 2 },
      classes: 3,
      operation: { kind: 'conv', kernel: 3 },
      stages: [
        { channels: 4, pooling: 2 },
        { channels: 5, pooling: 2 },
      ],
    },
    { poolingType: 'max', normalisation: 'batch', weightInit: 'he' },
  );
}

/** Gradient of every weight and alpha of one step, by the executor that `create` makes. */
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
    const after = await executor.save();
    const difference = (before: Float32Array, now: Float32Array | undefined) =>
      before.map((value, i) => value - (now?.[i] ?? Number.NaN));
    return Float32Array.of(
      ...difference(parameters, after.weights),
      ...difference(alpha, after.alpha),
    );
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

/** Error of the current backend relative to `cpu`; the current backend stays set. */
export async function gradientSelfTest(): Promise<number> {
  const current = tf.getBackend();
  const plan = tinyPlan();
  const create = (parameters: Float32Array, alpha: Float32Array) =>
    createStockExecutor({
      plan,
      parameters,
      alpha,
      options: {
        weights: { optimiser: 'sgd', momentum: 0 },
        alpha: { optimiser: 'sgd', momentum: 0, order: 'joint' },
        sampling: 'gumbel',
        temperature: 1,
      },
    });
  const found = await gradientOfStep(plan, create, BATCH, SEED);
  if (current === 'cpu') return 0;
  await tf.setBackend('cpu');
  const expected = await gradientOfStep(plan, create, BATCH, SEED);
  await tf.setBackend(current);
  return relativeError(found, expected);
}
