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
  /** Adam's first moment; the velocity of SGD. */
  private m: tf.Tensor1D;
  /** Adam's second moment; null for SGD. */
  private v: tf.Tensor1D | null;
  private count = 0;
  private readonly kind: Optimiser;
  private readonly momentum: number;

  constructor(kind: Optimiser, momentum: number, size: number) {
    this.kind = kind;
    this.momentum = momentum;
    this.m = tf.zeros([size]);
    this.v = kind === 'adam' ? tf.zeros([size]) : null;
  }

  /**
   * Returns new values and disposes neither argument.
   * Adam (Kingma & Ba): m̂/(√v̂ + 1e-8), β 0.9 and 0.999. SGD: v ← μv + g, x ← x − rate·v.
   */
  apply(values: tf.Tensor1D, gradient: tf.Tensor1D, rate: number): tf.Tensor1D {
    this.count += 1;
    const { m, v } = this;
    if (!v) {
      const [velocity, next] = tf.tidy(() => {
        const moved = tf.add(tf.mul(m, this.momentum), gradient) as tf.Tensor1D;
        return [moved, tf.sub(values, tf.mul(moved, rate)) as tf.Tensor1D];
      });
      m.dispose();
      this.m = velocity as tf.Tensor1D;
      return next as tf.Tensor1D;
    }
    const [nextM, nextV, next] = tf.tidy(() => {
      const m1 = tf.add(tf.mul(m, BETA_1), tf.mul(gradient, 1 - BETA_1));
      const v1 = tf.add(tf.mul(v, BETA_2), tf.mul(tf.square(gradient), 1 - BETA_2));
      const scale = rate / (1 - BETA_1 ** this.count);
      const root = tf.add(tf.sqrt(tf.div(v1, 1 - BETA_2 ** this.count)), EPSILON);
      return [m1, v1, tf.sub(values, tf.mul(tf.div(m1, root), scale))];
    });
    m.dispose();
    v.dispose();
    this.m = nextM as tf.Tensor1D;
    this.v = nextV as tf.Tensor1D;
    return next as tf.Tensor1D;
  }

  async save(): Promise<{ m: Float32Array; v: Float32Array; count: number }> {
    const m = (await this.m.data()) as Float32Array;
    const v = this.v ? ((await this.v.data()) as Float32Array) : new Float32Array(0);
    return { m: m.slice(), v: v.slice(), count: this.count };
  }

  restore(m: Float32Array, v: Float32Array, count: number): void {
    this.dispose();
    this.m = tf.tensor1d(m);
    this.v = this.kind === 'adam' ? tf.tensor1d(v) : null;
    this.count = count;
  }

  dispose(): void {
    this.m.dispose();
    this.v?.dispose();
  }
}
