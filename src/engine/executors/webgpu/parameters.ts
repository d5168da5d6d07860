/**
 * The plan's flat parameters ↔ the device's. On the device channels are padded to multiples of four,
 * and layers of one geometry lie together: per layer [tap][input channel][output channel], then the
 * bias. Padding is zero and stays zero: its gradient is zero, whatever the optimiser.
 */
import type { Plan } from '../../../core/schedule.ts';
import {
  asFloatOffset,
  asPlanOffset,
  asVectorOffset,
  BLOCK,
  type FloatOffset,
  inFloats,
  type PlanOffset,
} from '../units.ts';
import type { LayerGroup, Layout } from './layout.ts';

/** One tensor of the plan and where it lies on the device. */
export interface ParameterLocation {
  readonly source: PlanOffset;
  readonly target: FloatOffset;
  /** Rows of `to` numbers; a bias is one row. */
  readonly taps: number;
  readonly from: number;
  readonly to: number;
  readonly paddedFrom: number;
  readonly paddedTo: number;
}

function layerLocations(
  plan: Plan,
  slots: { readonly weight: number; readonly bias: number },
  group: LayerGroup,
  operation: number,
  taps: number,
): ParameterLocation[] {
  const weight = plan.slots[slots.weight];
  const bias = plan.slots[slots.bias];
  if (!weight || !bias) throw new RangeError('The plan lacks a parameter slot.');
  const { inputBlocks, outputBlocks, kernel } = group.geometry;
  const to = bias.size;
  const paddedTo = outputBlocks * BLOCK;
  const target = inFloats(asVectorOffset(group.base + operation * group.size));
  const afterWeights = asFloatOffset(target + kernel * kernel * inputBlocks * BLOCK * paddedTo);
  const from = weight.size / (taps * to);
  const paddedFrom = (kernel * kernel * inputBlocks * BLOCK) / taps;
  return [
    { source: asPlanOffset(weight.offset), target, taps, from, to, paddedFrom, paddedTo },
    {
      source: asPlanOffset(bias.offset),
      target: afterWeights,
      taps: 1,
      from: 1,
      to,
      paddedFrom: 1,
      paddedTo,
    },
  ];
}

/** Places of every tensor, model by model. */
export function locationsOf(
  plans: readonly Plan[],
  { stages, classifier }: Layout,
): ParameterLocation[][] {
  const last = stages[stages.length - 1];
  const pixels = last ? last.pooled.height * last.pooled.width : 1;
  const used = stages.map(() => 0);
  return plans.map((plan, model) => {
    const locations: ParameterLocation[] = [];
    for (const [s, stage] of stages.entries()) {
      const own = plan.stages[s];
      if (!own) continue;
      if (own.stem && stage.stem) {
        const taps = stage.stem.geometry.kernel ** 2;
        locations.push(...layerLocations(plan, own.stem, stage.stem, model, taps));
      }
      for (const op of own.candidates.flatMap(({ levels }) => levels.flat())) {
        const operation = used[s] as number;
        used[s] = operation + 1;
        locations.push(
          ...layerLocations(plan, op, stage.cells, operation, plan.operation.kernel ** 2),
        );
      }
    }
    // Features are [pixel][channel], and the channels of each pixel are padded: a pixel is a tap.
    locations.push(...layerLocations(plan, plan.classifier, classifier, model, pixels));
    return locations;
  });
}

type Visit = (flat: number, device: number, count: number) => void;

function visitRows(locations: readonly ParameterLocation[], visit: Visit): void {
  for (const { source, target, taps, from, to, paddedFrom, paddedTo } of locations) {
    for (let tap = 0; tap < taps; tap++) {
      for (let i = 0; i < from; i++) {
        visit(source + (tap * from + i) * to, target + (tap * paddedFrom + i) * paddedTo, to);
      }
    }
  }
}

/** Writes a model's flat vector into the device's vector. */
export function packInto(
  device: Float32Array,
  locations: readonly ParameterLocation[],
  flat: Float32Array,
): void {
  visitRows(locations, (from, to, count) => device.set(flat.subarray(from, from + count), to));
}

/** A model's flat vector of `count` numbers out of the device's. */
export function unpack(
  device: Float32Array,
  locations: readonly ParameterLocation[],
  count: number,
): Float32Array {
  const flat = new Float32Array(count);
  visitRows(locations, (to, from, length) => flat.set(device.subarray(from, from + length), to));
  return flat;
}
