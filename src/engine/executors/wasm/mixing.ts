/** Alpha → mixing weights of each stage, and the gradient back; few numbers, so plain ones. */
import { softmax } from '../../../core/ranks.ts';
import type { Sampling } from '../../../core/run/config.ts';

export interface StageRow {
  /** What multiplies the outputs. */
  readonly weights: Float32Array;
  /** The softmax behind it; the same unless sampling is hard. */
  readonly soft: Float32Array;
}

export const softmaxRow = (logits: Float32Array): Float32Array =>
  Float32Array.from(softmax([...logits]));

/** As `network/mixture.ts`: softmax((alpha + noise)/τ), one-hot if hard; without noise for softmax. */
export function mixingRow(
  alpha: Float32Array,
  noise: Float32Array,
  sampling: Sampling,
  temperature: number,
): StageRow {
  if (sampling === 'softmax') {
    const weights = softmaxRow(alpha);
    return { weights, soft: weights };
  }
  const soft = softmaxRow(
    alpha.map((value, i) => Math.fround(value + (noise[i] ?? 0)) / temperature),
  );
  if (sampling === 'gumbel') return { weights: soft, soft };
  const highest = soft.reduce((a, b) => Math.max(a, b), 0);
  return { weights: soft.map((value) => (value >= highest ? 1 : 0)), soft };
}

/** ∇alpha from the gradient of the weights (straight through if hard). */
export function alphaGradient(
  { soft }: StageRow,
  dWeights: readonly number[],
  sampling: Sampling,
  temperature: number,
): number[] {
  const mean = dWeights.reduce((sum, d, i) => sum + d * (soft[i] as number), 0);
  const scale = sampling === 'softmax' ? 1 : temperature;
  return dWeights.map((d, i) => ((soft[i] as number) * (d - mean)) / scale);
}
