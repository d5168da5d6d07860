/**
 * Synaptic flow: with |w| for w, no biases, no normalisation and one image of ones, R = Σ logits and
 * the score is log Σ |w · ∂R/∂w|. R grows exponentially with depth and would overflow float32, so
 * the weights that open a stage are divided by a bound of what the stage multiplies by; every path
 * crosses exactly one of them, so that R is divided by the same number, and w · ∂R/∂w with it. The
 * logarithms of the divisors are added again at the end.
 */
import { log } from '../elementary.ts';
import type { Plan, PlanCandidate, PlanStage } from '../schedule.ts';
import { type ProxyPasses, type UntrainedNetwork, zeroCostProxy } from './types.ts';
import { saliencies, total, weightSlots } from './weights.ts';

/** Largest sum of one output unit's weights: what a layer of weights ≥ 0 multiplies by at most. */
function layerGain(plan: Plan, flat: Float32Array, weight: number): number {
  const slot = plan.slots[weight];
  if (!slot) return 0;
  const units = slot.shape.at(-1) ?? 1;
  const sums = new Float64Array(units);
  for (let i = 0; i < slot.size; i++) sums[i % units]! += flat[slot.offset + i]!;
  return sums.reduce((most, sum) => Math.max(most, sum), 0);
}

/** What a cell multiplies by at most. */
function cellGain(plan: Plan, flat: Float32Array, cell: PlanCandidate): number {
  const values = new Map<number | 'output', number>(cell.sources.map((vertex) => [vertex, 1]));
  for (const op of cell.levels.flat()) {
    const added = (values.get(op.from) ?? 0) * layerGain(plan, flat, op.weight);
    values.set(op.to, (values.get(op.to) ?? 0) + added);
  }
  return values.get('output') ?? 0;
}

/** Weights of which every path through the stage crosses exactly one layer. */
function openingSlots({ stem, candidates }: PlanStage): number[] {
  if (stem) return [stem.weight];
  return candidates.flatMap((cell) =>
    cell.levels
      .flat()
      .filter(({ from }) => cell.sources.includes(from))
      .map(({ weight }) => weight),
  );
}

export interface SynapticFlow {
  /** ln of what R was divided by. */
  readonly logScale: number;
  /** Σ |w · ∂R/∂w| of each layer after the division, in slot order. */
  readonly layers: readonly number[];
}

/** |w| with biases 0 and the divisors of all stages applied; ln of their product. */
function scaledWeights(plan: Plan, parameters: Float32Array) {
  const flat = new Float32Array(parameters.length);
  for (const { offset, size } of weightSlots(plan)) {
    for (let i = offset; i < offset + size; i++) flat[i] = Math.abs(parameters[i]!);
  }
  let logScale = 0;
  for (const stage of plan.stages) {
    const stem = stage.stem ? layerGain(plan, flat, stage.stem.weight) : 1;
    const gain = stage.candidates.reduce((sum, cell) => sum + cellGain(plan, flat, cell), 0);
    const divisor = stem * gain;
    if (!(divisor > 0)) continue;
    logScale += log(divisor);
    for (const index of openingSlots(stage)) {
      const slot = plan.slots[index];
      if (!slot) continue;
      for (let i = slot.offset; i < slot.offset + slot.size; i++) flat[i] = flat[i]! / divisor;
    }
  }
  return { flat, logScale };
}

/** The flow through each layer of an untrained network. */
export async function synapticFlow({
  plan,
  parameters,
  onesGradient,
}: UntrainedNetwork & Pick<ProxyPasses, 'onesGradient'>): Promise<SynapticFlow> {
  const { flat, logScale } = scaledWeights(plan, parameters);
  return { logScale, layers: saliencies(plan, flat, await onesGradient(flat)) };
}

export const synflow = zeroCostProxy(
  {
    id: 'synflow',
    key: 'synflow',
    name: 'synflow',
    explanation:
      'How much signal flows through the untrained network: the summed products of weights and gradients, on ones for images.',
    source: 'Tanaka et al. 2020, arXiv 2006.05467; as a proxy Abdelfattah et al. 2021',
    cost: 'one gradient for each of three initialisations',
    passes: ['onesGradient'],
  },
  async (network) => {
    const { logScale, layers } = await synapticFlow(network);
    return log(total(layers)) + logScale;
  },
);
