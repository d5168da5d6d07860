/** Softmax cross-entropy on the logits of a window, and its gradient. */
import { exp, log } from '../../../core/elementary.ts';

export interface LossSums {
  /** Σ cross-entropy in nats. */
  loss: number;
  /** Images whose highest logit is their label's (a tie counts). */
  correct: number;
}

/**
 * Adds `count` images to the sums. Logits are rows of `stride` floats at `logits`; `gradient`, if not
 * null, gets (softmax − one-hot) / `batch` in the same shape. Classes beyond `classes` are padding.
 */
export function crossEntropy(
  floats: Float32Array,
  logits: number,
  labels: Uint8Array,
  first: number,
  count: number,
  classes: number,
  stride: number,
  sums: LossSums,
  gradient: { readonly at: number; readonly batch: number } | null,
): void {
  for (let b = 0; b < count; b++) {
    const row = logits + b * stride;
    const own = floats[row + (labels[first + b] as number)] as number;
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) highest = Math.max(highest, floats[row + k] as number);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += exp((floats[row + k] as number) - highest);
    sums.loss += log(sum) + highest - own;
    if (own >= highest) sums.correct += 1;
    if (!gradient) continue;
    const to = gradient.at + b * stride;
    for (let k = 0; k < classes; k++) {
      const probability = exp((floats[row + k] as number) - highest) / sum;
      const hot = k === labels[first + b] ? 1 : 0;
      floats[to + k] = (probability - hot) / gradient.batch;
    }
  }
}
