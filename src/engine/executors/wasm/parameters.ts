/**
 * Parameters in the kernels' memory: as in the plan, but with channels (and classes) padded to
 * multiples of 4. The padding is zero, has zero gradients and so stays zero.
 */
import type { ParameterSlot, Plan } from '../../../core/schedule.ts';
import {
  asFloatOffset,
  asPlanOffset,
  type FloatOffset,
  type PlanOffset,
  paddedChannels,
} from '../units.ts';

/** One slot in the padded vector: rows of `from` values become rows of `to`. */
export interface PaddedSlot {
  readonly offset: FloatOffset;
  readonly size: number;
  /** Groups of rows (taps of a filter, pixels before the classifier), rows in a group, and columns. */
  readonly groups: number;
  readonly rows: number;
  readonly columns: number;
  readonly paddedRows: number;
  readonly paddedColumns: number;
  readonly source: PlanOffset;
}

export interface ParameterLayout {
  readonly slots: readonly PaddedSlot[];
  readonly size: number;
}

function shapeOf(slot: ParameterSlot, plan: Plan) {
  const { shape } = slot;
  const columns = shape[shape.length - 1] ?? 1;
  if (shape.length === 1) return { groups: 1, rows: 1, columns, single: true };
  if (shape.length === 4) {
    const [height = 1, width = 1, rows = 1] = shape;
    return { groups: height * width, rows, columns, single: false };
  }
  const last = plan.stages[plan.stages.length - 1];
  const [inputs = 1] = shape;
  const rows = slot.role === 'classifier' ? (last?.shape.channels ?? 1) : inputs;
  return { groups: inputs / rows, rows, columns, single: false };
}

export function parameterLayout(plan: Plan): ParameterLayout {
  let offset = 0;
  const slots = plan.slots.map((slot): PaddedSlot => {
    const { groups, rows, columns, single } = shapeOf(slot, plan);
    const paddedRows = single ? 1 : paddedChannels(rows);
    const paddedColumns = paddedChannels(columns);
    const size = groups * paddedRows * paddedColumns;
    const start = asFloatOffset(offset);
    offset += size;
    return {
      offset: start,
      size,
      groups,
      rows,
      columns,
      paddedRows,
      paddedColumns,
      source: asPlanOffset(slot.offset),
    };
  });
  return { slots, size: offset };
}

function eachRow(
  layout: ParameterLayout,
  visit: (plain: number, padded: number, n: number) => void,
) {
  for (const slot of layout.slots) {
    for (let group = 0; group < slot.groups; group++) {
      for (let row = 0; row < slot.rows; row++) {
        const plain = slot.source + (group * slot.rows + row) * slot.columns;
        const at = slot.offset + (group * slot.paddedRows + row) * slot.paddedColumns;
        visit(plain, at, slot.columns);
      }
    }
  }
}

/** From the plan's vector into a padded one that is zero so far. */
export function padInto(layout: ParameterLayout, plain: Float32Array, out: Float32Array): void {
  eachRow(layout, (from, to, n) => out.set(plain.subarray(from, from + n), to));
}

/** From a padded vector to the plan's. */
export function unpad(layout: ParameterLayout, vector: Float32Array, size: number): Float32Array {
  const out = new Float32Array(size);
  eachRow(layout, (to, from, n) => out.set(vector.subarray(from, from + n), to));
  return out;
}
