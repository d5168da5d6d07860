/** Initial parameters, drawn on the CPU so that every backend starts from the same bits. */
import type { Random } from '../../core/random.ts';
import type { ParameterSlot, Plan } from '../../core/schedule.ts';

/**
 * `he`: cell weights N(0, 2/fan-in), others N(0, 1/fan-in), biases 0.
 * `uniform`: weights and biases uniform in ±1/√fan-in (the default of the reference code's framework).
 */
function drawSlot(slot: ParameterSlot, plan: Plan, random: Random, out: Float32Array): void {
  const bound = 1 / Math.sqrt(slot.fanIn);
  if (plan.weightInit === 'uniform') {
    for (let i = 0; i < slot.size; i++) out[slot.offset + i] = (2 * random.uniform() - 1) * bound;
    return;
  }
  if (slot.shape.length === 1) return;
  const deviation = slot.role === 'cell' ? Math.SQRT2 * bound : bound;
  for (let i = 0; i < slot.size; i++) out[slot.offset + i] = random.normal() * deviation;
}

/** A flat vector of `plan.parameterCount` values. */
export function initialParameters(plan: Plan, random: Random): Float32Array {
  const out = new Float32Array(plan.parameterCount);
  for (const slot of plan.slots) drawSlot(slot, plan, random, out);
  return out;
}
