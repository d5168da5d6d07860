/** Sums over the weights of each layer; biases belong to no proxy. */
import type { Plan } from '../schedule.ts';

/** Slots that hold weights, not biases. */
export const weightSlots = (plan: Plan) => plan.slots.filter(({ shape }) => shape.length > 1);

/** Σ|w·g| of each layer's weights, in slot order. Flat vectors of `plan.parameterCount` values. */
export function saliencies(plan: Plan, flat: Float32Array, gradient: Float32Array): number[] {
  return weightSlots(plan).map(({ offset, size }) => {
    let sum = 0;
    for (let i = offset; i < offset + size; i++) sum += Math.abs(flat[i]! * gradient[i]!);
    return sum;
  });
}

export const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
