/**
 * Adam and SGD with momentum over one flat vector: a dozen operations a step, however many tensors
 * the network has. State belongs to the optimiser.
 */
import type { Optimiser } from '../core/run/config.ts';
import * as tf from './tf.ts';

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

export class FlatOptimiser {
  private first: tf.Tensor1D;
  private second: tf.Tensor1D | null;
  private count = 0;
  private readonly kind: Optimiser;
  private readonly momentum: number;

  constructor(kind: Optimiser, momentum: number, size: number) {
    this.kind = kind;
    this.momentum = momentum;
    this.first = tf.zeros([size]);
    this.second = kind === 'adam' ? tf.zeros([size]) : null;
  }

  /**
   * Returns new values and disposes neither argument.
   * Adam (Kingma & Ba): m̂/(√v̂ + 1e-8), β 0.9 and 0.999. SGD: v ← μv + g, x ← x − rate·v.
   */
  apply(values: tf.Tensor1D, gradient: tf.Tensor1D, rate: number): tf.Tensor1D {
    this.count += 1;
    const { first, second } = this;
    if (!second) {
      const [velocity, next] = tf.tidy(() => {
        const v = tf.add(tf.mul(first, this.momentum), gradient) as tf.Tensor1D;
        return [v, tf.sub(values, tf.mul(v, rate)) as tf.Tensor1D];
      });
      first.dispose();
      this.first = velocity as tf.Tensor1D;
      return next as tf.Tensor1D;
    }
    const [m, v, next] = tf.tidy(() => {
      const m1 = tf.add(tf.mul(first, BETA_1), tf.mul(gradient, 1 - BETA_1));
      const v1 = tf.add(tf.mul(second, BETA_2), tf.mul(tf.square(gradient), 1 - BETA_2));
      const scale = rate / (1 - BETA_1 ** this.count);
      const root = tf.add(tf.sqrt(tf.div(v1, 1 - BETA_2 ** this.count)), EPSILON);
      return [m1, v1, tf.sub(values, tf.mul(tf.div(m1, root), scale))];
    });
    first.dispose();
    second.dispose();
    this.first = m as tf.Tensor1D;
    this.second = v as tf.Tensor1D;
    return next as tf.Tensor1D;
  }

  async save(): Promise<{ first: Float32Array; second: Float32Array; count: number }> {
    const first = (await this.first.data()) as Float32Array;
    const second = this.second ? ((await this.second.data()) as Float32Array) : new Float32Array(0);
    return { first: first.slice(), second: second.slice(), count: this.count };
  }

  restore(first: Float32Array, second: Float32Array, count: number): void {
    this.dispose();
    this.first = tf.tensor1d(first);
    this.second = this.kind === 'adam' ? tf.tensor1d(second) : null;
    this.count = count;
  }

  dispose(): void {
    this.first.dispose();
    this.second?.dispose();
  }
}
