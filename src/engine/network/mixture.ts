/** Mixing weights of the supernet: alpha → one row of weights a stage. */
import type { Sampling } from '../../core/run/config.ts';
import { alphaOffsets, type Plan } from '../../core/schedule.ts';
import * as tf from '../tf.ts';
import type { StageMixture } from './forward.ts';

/** hard + (soft − soft) with the gradient of soft: straight-through one-hot. */
function straightThrough(soft: tf.Tensor1D): tf.Tensor1D {
  const operation = tf.customGrad((...inputs) => {
    const x = inputs[0] as tf.Tensor1D;
    return {
      value: tf.cast(tf.greaterEqual(x, tf.max(x)), 'float32'),
      gradFunc: (dy) => dy,
    };
  });
  return operation(soft) as tf.Tensor1D;
}

/**
 * w_s = softmax((alpha_s + noise_s)/τ), differentiable in `alpha` [Σk]. `softmax`: no noise, τ = 1.
 * `gumbel-hard` is one-hot forwards. (Jang et al. 2017, Gumbel-softmax.)
 */
export function mixtureOf(
  plan: Plan,
  alpha: tf.Tensor1D,
  noise: tf.Tensor1D | null,
  sampling: Sampling,
  temperature: number,
): StageMixture[] {
  const offsets = alphaOffsets(plan);
  return plan.stages.map((stage, s) => {
    const at = offsets[s] as number;
    const k = stage.candidates.length;
    const logits = tf.slice(alpha, [at], [k]);
    if (sampling === 'softmax' || !noise) {
      return { candidates: stage.candidates, row: tf.softmax(logits) };
    }
    const disturbed = tf.div(tf.add(logits, tf.slice(noise, [at], [k])), temperature);
    const soft = tf.softmax(disturbed) as tf.Tensor1D;
    return {
      candidates: stage.candidates,
      row: sampling === 'gumbel-hard' ? straightThrough(soft) : soft,
    };
  });
}

/** A fixed mixture for evaluation; candidates of weight zero do not run. */
export function fixedMixture(plan: Plan, weights: readonly (readonly number[])[]): StageMixture[] {
  return plan.stages.map((stage, s) => {
    const row = weights[s] ?? [];
    const candidates = stage.candidates.filter((_, i) => row[i] !== 0);
    const kept = row.filter((weight) => weight !== 0);
    const alone = kept.length === 1 && kept[0] === 1;
    return { candidates, row: alone ? null : tf.tensor1d([...kept]) };
  });
}
