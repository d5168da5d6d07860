/**
 * The forward pass of a plan with differentiable operations: images → logits, candidates of each
 * stage mixed by weights. Everything created here belongs to the caller's tidy scope.
 */
import type { Plan, PlanCandidate, PlanStage } from '../../core/schedule.ts';
import { type Activation, convolve, convolveInput, dense } from '../ops/convolution.ts';
import { mix, sumAll } from '../ops/mix.ts';
import { normalise } from '../ops/normalise.ts';
import { pool } from '../ops/pooling.ts';
import * as tf from '../tf.ts';

/** One tensor a slot, in slot order. */
export type Parameters = readonly tf.Tensor[];

/** What somebody wants of a forward pass besides its logits. */
export interface ForwardTrace {
  /** Called with the output of every ReLU; what is to outlive the pass must be kept. */
  readonly relu?: (output: tf.Tensor) => void;
  /** Whether the images get a gradient too, which slows the first layer down. */
  readonly imageGradient?: boolean;
  /** Stands in for the plan's normalisation; called with every cell's output, stage by stage. */
  readonly normalise?: (output: tf.Tensor) => tf.Tensor;
}

function layer(
  plan: Plan,
  x: tf.Tensor,
  weight: tf.Tensor | undefined,
  bias: tf.Tensor | undefined,
  activation: Activation,
): tf.Tensor {
  return plan.operation.kind === 'conv'
    ? convolve(x as tf.Tensor4D, weight as tf.Tensor4D, bias as tf.Tensor1D, activation)
    : dense(x as tf.Tensor2D, weight as tf.Tensor2D, bias as tf.Tensor1D, activation);
}

/**
 * One cell: INPUT feeds the sources by identity, a vertex sums its incoming operations, OUTPUT sums
 * the operations of the sinks. The levels are in order, so every source vertex is complete in time.
 */
export function forwardCell(
  plan: Plan,
  cell: PlanCandidate,
  input: tf.Tensor,
  parameters: Parameters,
  trace: ForwardTrace = {},
): tf.Tensor {
  const incoming = new Map<number | 'output', tf.Tensor[]>();
  const vertices = new Map<number, tf.Tensor>(cell.sources.map((v) => [v, input]));
  const inputOf = (vertex: number): tf.Tensor => {
    const known = vertices.get(vertex);
    if (known) return known;
    const sum = sumAll(incoming.get(vertex) ?? []);
    vertices.set(vertex, sum);
    return sum;
  };
  for (const op of cell.levels.flat()) {
    const y = layer(plan, inputOf(op.from), parameters[op.weight], parameters[op.bias], 'relu');
    trace.relu?.(y);
    const list = incoming.get(op.to);
    if (list) list.push(y);
    else incoming.set(op.to, [y]);
  }
  const output = sumAll(incoming.get('output') ?? []);
  return trace.normalise ? trace.normalise(output) : normalise(output, plan.normalisation);
}

function forwardStem(
  plan: Plan,
  stage: PlanStage,
  x: tf.Tensor,
  parameters: Parameters,
  isImage: boolean,
): tf.Tensor {
  if (!stage.stem) return x;
  const weight = parameters[stage.stem.weight];
  const bias = parameters[stage.stem.bias];
  const activation = stage.stem.relu ? 'relu' : 'linear';
  if (!isImage || plan.operation.kind === 'linear') return layer(plan, x, weight, bias, activation);
  return convolveInput(x as tf.Tensor4D, weight as tf.Tensor4D, bias as tf.Tensor1D, activation);
}

/** Which candidates of a stage run, and the weights that mix them; no row: the only one, as it is. */
export interface StageMixture {
  readonly candidates: readonly PlanCandidate[];
  readonly row: tf.Tensor1D | null;
}

/** `images` [B,H,W,C], one mixture a stage. Result: logits [B, classes]. */
export function forward(
  plan: Plan,
  images: tf.Tensor4D,
  parameters: Parameters,
  mixtures: readonly StageMixture[],
  trace: ForwardTrace = {},
): tf.Tensor2D {
  const batch = images.shape[0];
  let x: tf.Tensor =
    plan.operation.kind === 'linear' ? tf.reshape(images, [batch, images.size / batch]) : images;
  plan.stages.forEach((stage, s) => {
    const input = forwardStem(plan, stage, x, parameters, s === 0 && !trace.imageGradient);
    if (stage.stem?.relu) trace.relu?.(input);
    const { candidates, row } = mixtures[s] as StageMixture;
    const outputs = candidates.map((cell) =>
      tf.tidy(() => forwardCell(plan, cell, input, parameters, trace)),
    );
    const mixed = row ? mix(row, outputs) : (outputs[0] as tf.Tensor);
    x =
      plan.operation.kind === 'conv'
        ? pool(mixed as tf.Tensor4D, stage.pooling.factor, stage.pooling.type)
        : mixed;
  });
  const features = tf.reshape(x, [batch, plan.classifier.features]) as tf.Tensor2D;
  return dense(
    features,
    parameters[plan.classifier.weight] as tf.Tensor2D,
    parameters[plan.classifier.bias] as tf.Tensor1D,
    'linear',
  );
}
