/**
 * The executor that runs every plan with every option: tfjs operations and autograd. Weights, alpha
 * and accumulators are flat tensors owned here; a step slices the weights, differentiates with
 * respect to the slices, and joins the gradients again. Logs and commands know it as `stock`.
 */
import { alphaOffsets, type Plan } from '../../core/schedule.ts';
import { forward, type Parameters } from '../network/forward.ts';
import { fixedMixture, mixtureOf } from '../network/mixture.ts';
import { correctCount, crossEntropy } from '../ops/loss.ts';
import { FlatOptimiser } from '../optimiser.ts';
import * as tf from '../tf.ts';
import type {
  Batch,
  Evaluation,
  Executor,
  ExecutorInit,
  ExecutorOptions,
  ExecutorState,
  StepControl,
  StepStatistics,
} from './executor.ts';

interface BatchTensors {
  readonly images: tf.Tensor4D;
  readonly oneHot: tf.Tensor2D;
}

interface Gradients {
  readonly loss: tf.Scalar;
  readonly correct: tf.Scalar;
  readonly weights: tf.Tensor1D;
  readonly alpha: tf.Tensor1D;
}

/** Finite-difference radius of second-order DARTS: R = 0.01/‖∇w' L_val‖. */
const DIFFERENCE = 0.01;

function upload(plan: Plan, batch: Batch): BatchTensors {
  const { height, width, channels } = plan.input;
  const count = batch.labels.length;
  const hot = new Float32Array(count * plan.classes);
  batch.labels.forEach((label, i) => {
    hot[i * plan.classes + label] = 1;
  });
  return {
    images: tf.tensor4d(batch.images, [count, height, width, channels]),
    oneHot: tf.tensor2d(hot, [count, plan.classes]),
  };
}

function sliceParameters(plan: Plan, flat: tf.Tensor1D): tf.Tensor[] {
  const pieces = tf.split(
    flat,
    plan.slots.map((slot) => slot.size),
  );
  return plan.slots.map((slot, i) => tf.reshape(pieces[i] as tf.Tensor, [...slot.shape]));
}

export function createTfjsExecutor(init: ExecutorInit): Executor {
  return new TfjsExecutor(init);
}

class TfjsExecutor implements Executor {
  readonly plan: Plan;
  private readonly options: ExecutorOptions;
  private readonly offsets: readonly number[];
  private weights: tf.Tensor1D;
  private alpha: tf.Tensor1D;
  /** [Σ loss, Σ correct] since the last read. */
  private gathered: tf.Tensor1D;
  /** Σ softmax(alpha) over the averaged steps. */
  private alphaSum: tf.Tensor1D;
  private readonly weightOptimiser: FlatOptimiser;
  private readonly alphaOptimiser: FlatOptimiser;
  private steps = 0;
  private images = 0;
  private averagedSteps = 0;

  constructor({ plan, options, parameters, alpha }: ExecutorInit) {
    this.plan = plan;
    this.options = options;
    this.offsets = alphaOffsets(plan);
    this.weights = tf.tensor1d(parameters);
    this.alpha = tf.tensor1d(alpha);
    this.gathered = tf.zeros([2]);
    this.alphaSum = tf.zeros([alpha.length]);
    this.weightOptimiser = new FlatOptimiser(
      options.weights.optimiser,
      options.weights.momentum,
      parameters.length,
    );
    this.alphaOptimiser = new FlatOptimiser(
      options.alpha.optimiser,
      options.alpha.momentum,
      alpha.length,
    );
  }

  /** Loss, correct answers and gradients with respect to both flat vectors. */
  private gradients(
    weights: tf.Tensor1D,
    alpha: tf.Tensor1D,
    batch: BatchTensors,
    noise: tf.Tensor1D,
  ): Gradients {
    const { plan, options } = this;
    return tf.tidy(() => {
      const slices = sliceParameters(plan, weights);
      let correct: tf.Scalar | undefined;
      const { value, grads } = tf.valueAndGrads((...inputs: tf.Tensor[]) => {
        const parameters: Parameters = inputs.slice(0, -1);
        const rows = mixtureOf(
          plan,
          inputs[inputs.length - 1] as tf.Tensor1D,
          noise,
          options.sampling,
          options.temperature,
        );
        const logits = forward(plan, batch.images, parameters, rows);
        correct = tf.keep(correctCount(logits, batch.oneHot));
        return crossEntropy(logits, batch.oneHot);
      })([...slices, alpha]);
      const joined = tf.concat(grads.slice(0, -1).map((g) => tf.reshape(g, [g.size])));
      const kept = correct as unknown as tf.Scalar;
      const result = {
        loss: value as tf.Scalar,
        correct: tf.clone(kept),
        weights: joined as tf.Tensor1D,
        alpha: grads[grads.length - 1] as tf.Tensor1D,
      };
      kept.dispose();
      return result;
    });
  }

  /** ∇α of the validation loss; second order through one virtual step of the weights. */
  private alphaGradient(
    train: BatchTensors,
    validation: BatchTensors,
    noise: tf.Tensor1D,
    rate: number,
  ): tf.Tensor1D {
    const { weights, alpha } = this;
    if (this.options.alpha.order === 'first') {
      return this.gradients(weights, alpha, validation, noise).alpha;
    }
    const virtual = tf.sub(
      weights,
      tf.mul(this.gradients(weights, alpha, train, noise).weights, rate),
    ) as tf.Tensor1D;
    const direct = this.gradients(virtual, alpha, validation, noise);
    const norm = tf.add(tf.sqrt(tf.sum(tf.square(direct.weights))), 1e-12);
    const radius = tf.div(DIFFERENCE, norm);
    const shift = tf.mul(direct.weights, radius);
    const plus = this.gradients(tf.add(weights, shift) as tf.Tensor1D, alpha, train, noise).alpha;
    const minus = this.gradients(tf.sub(weights, shift) as tf.Tensor1D, alpha, train, noise).alpha;
    const curvature = tf.div(tf.sub(plus, minus), tf.mul(radius, 2));
    return tf.sub(direct.alpha, tf.mul(curvature, rate)) as tf.Tensor1D;
  }

  private moveAlpha(gradient: tf.Tensor1D, rate: number): void {
    const next = this.alphaOptimiser.apply(this.alpha, gradient, rate);
    this.alpha.dispose();
    this.alpha = next;
  }

  private softmaxAlpha(): tf.Tensor1D {
    return tf.tidy(() =>
      tf.concat(
        mixtureOf(this.plan, this.alpha, null, 'softmax', 1).map(({ row }) => row as tf.Tensor1D),
      ),
    );
  }

  step(batch: Batch, control: StepControl): void {
    const train = upload(this.plan, batch);
    const validation = control.validation ? upload(this.plan, control.validation) : null;
    const noise = tf.tensor1d(control.noise);
    if (validation && control.alphaRate > 0) {
      const gradient = tf.tidy(() => this.alphaGradient(train, validation, noise, control.rate));
      this.moveAlpha(gradient, control.alphaRate);
      gradient.dispose();
    }
    const gradients = this.gradients(this.weights, this.alpha, train, noise);
    const next = this.weightOptimiser.apply(this.weights, gradients.weights, control.rate);
    this.weights.dispose();
    this.weights = next;
    if (!validation && control.alphaRate > 0) this.moveAlpha(gradients.alpha, control.alphaRate);
    this.gather(gradients, batch.labels.length, control.average);
    tf.dispose([gradients.loss, gradients.correct, gradients.weights, gradients.alpha]);
    tf.dispose([train.images, train.oneHot, noise]);
    if (validation) tf.dispose([validation.images, validation.oneHot]);
  }

  private gather({ loss, correct }: Gradients, images: number, average: boolean): void {
    const gathered = tf.tidy(() => tf.add(this.gathered, tf.stack([loss, correct])) as tf.Tensor1D);
    this.gathered.dispose();
    this.gathered = gathered;
    this.steps += 1;
    this.images += images;
    if (!average) return;
    const sum = tf.tidy(() => tf.add(this.alphaSum, this.softmaxAlpha()) as tf.Tensor1D);
    this.alphaSum.dispose();
    this.alphaSum = sum;
    this.averagedSteps += 1;
  }

  private perStage(flat: Float32Array, from: number, scale: number): number[][] {
    return this.plan.stages.map((_, s) =>
      Array.from(
        flat.subarray(from + (this.offsets[s] as number), from + (this.offsets[s + 1] as number)),
        (value) => value * scale,
      ),
    );
  }

  async statistics(): Promise<StepStatistics> {
    const count = this.alpha.size;
    const read = tf.tidy(() => tf.concat([this.gathered, this.softmaxAlpha(), this.alphaSum]));
    const values = (await read.data()) as Float32Array;
    read.dispose();
    const { steps, images, averagedSteps } = this;
    this.gathered.dispose();
    this.gathered = tf.zeros([2]);
    this.steps = 0;
    this.images = 0;
    const weights = this.perStage(values, 2, 1);
    return {
      loss: steps ? (values[0] as number) / steps : 0,
      accuracy: images ? (values[1] as number) / images : 0,
      weights,
      averaged: averagedSteps ? this.perStage(values, 2 + count, 1 / averagedSteps) : weights,
    };
  }

  async evaluate(
    batches: readonly Batch[],
    mixtures: readonly (readonly (readonly number[])[])[],
    between: () => Promise<void>,
  ): Promise<Evaluation[]> {
    const sums = mixtures.map(() => [0, 0, 0] as [number, number, number]);
    for (const batch of batches) {
      const { images, oneHot } = upload(this.plan, batch);
      const parameters = tf.tidy(() => sliceParameters(this.plan, this.weights));
      try {
        for (const [m, weights] of mixtures.entries()) {
          const read = tf.tidy(() => {
            const logits = forward(this.plan, images, parameters, fixedMixture(this.plan, weights));
            return tf.stack([crossEntropy(logits, oneHot), correctCount(logits, oneHot)]);
          });
          const [loss = 0, correct = 0] = await read.data();
          read.dispose();
          const sum = sums[m] as [number, number, number];
          sum[0] += loss * batch.labels.length;
          sum[1] += correct;
          sum[2] += batch.labels.length;
          await between();
        }
      } finally {
        tf.dispose([images, oneHot, ...parameters]);
      }
    }
    return sums.map(([loss, correct, images]) => ({
      loss: loss / images,
      accuracy: correct / images,
    }));
  }

  async save(): Promise<ExecutorState> {
    const copy = async (x: tf.Tensor) => ((await x.data()) as Float32Array).slice();
    const weightMoments = await this.weightOptimiser.save();
    const alphaMoments = await this.alphaOptimiser.save();
    return {
      weights: await copy(this.weights),
      alpha: await copy(this.alpha),
      gathered: await copy(this.gathered),
      alphaSum: await copy(this.alphaSum),
      weightFirst: weightMoments.m,
      weightSecond: weightMoments.v,
      alphaFirst: alphaMoments.m,
      alphaSecond: alphaMoments.v,
      counts: Float32Array.of(
        this.steps,
        this.images,
        this.averagedSteps,
        weightMoments.count,
        alphaMoments.count,
      ),
    };
  }

  restore(state: ExecutorState): void {
    const buffer = (name: string): Float32Array => {
      const found = state[name];
      if (!found) throw new RangeError(`The saved state lacks "${name}".`);
      return found;
    };
    const [steps = 0, images = 0, averaged = 0, weightCount = 0, alphaCount = 0] = buffer('counts');
    tf.dispose([this.weights, this.alpha, this.gathered, this.alphaSum]);
    this.weights = tf.tensor1d(buffer('weights'));
    this.alpha = tf.tensor1d(buffer('alpha'));
    this.gathered = tf.tensor1d(buffer('gathered'));
    this.alphaSum = tf.tensor1d(buffer('alphaSum'));
    this.weightOptimiser.restore(buffer('weightFirst'), buffer('weightSecond'), weightCount);
    this.alphaOptimiser.restore(buffer('alphaFirst'), buffer('alphaSecond'), alphaCount);
    this.steps = steps;
    this.images = images;
    this.averagedSteps = averaged;
  }

  dispose(): void {
    tf.dispose([this.weights, this.alpha, this.gathered, this.alphaSum]);
    this.weightOptimiser.dispose();
    this.alphaOptimiser.dispose();
  }
}
