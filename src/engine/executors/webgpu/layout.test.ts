import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NetworkShape } from '../../../core/architecture.ts';
import { edgeCount, operationsOf, sourcesOf } from '../../../core/cell.ts';
import { regionOf } from '../../../core/cellId.ts';
import { compilePlan, type Plan } from '../../../core/schedule.ts';
import { compileLayout, type StageLayout } from './layout.ts';
import { locationsOf, packInto, unpack } from './parameters.ts';
import { layerTable, levelTable } from './tables.ts';

const network = (kind: 'conv' | 'linear'): NetworkShape => ({
  input: { height: 9, width: 8, channels: 3 },
  classes: 5,
  operation: kind === 'conv' ? { kind, kernel: 3 } : { kind, width: 6 },
  stages: [
    { channels: 5, pooling: 2 },
    { channels: 8, pooling: 3 },
  ],
});

function planOf(vertices: number, stages: number[][], kind: 'conv' | 'linear' = 'conv'): Plan {
  return compilePlan(regionOf(vertices, stages), network(kind), {
    poolingType: 'max',
    normalisation: 'none',
    weightInit: 'he',
  });
}

const modelsOfCells = fc.integer({ min: 2, max: 6 }).chain((vertices) => {
  const mask = fc.integer({ min: 0, max: 2 ** edgeCount(vertices) - 1 });
  const stage = fc.array(mask, { minLength: 1, maxLength: 4 });
  return fc.tuple(
    fc.constant(vertices),
    fc.array(fc.tuple(stage, stage), { minLength: 1, maxLength: 3 }),
  );
});

/** Number of paths of operations from INPUT to OUTPUT. */
function paths(vertices: number, mask: number): number {
  const counts = new Map<number | 'output', number>(sourcesOf(vertices, mask).map((v) => [v, 1]));
  for (const op of [...operationsOf(vertices, mask)].sort((a, b) => a.from - b.from)) {
    counts.set(op.to, (counts.get(op.to) ?? 0) + (counts.get(op.from) ?? 0));
  }
  return counts.get('output') ?? 0;
}

/** Runs the levels as the device does, with path counts for activations; NaN if read too early. */
function runForward(stage: StageLayout, models: number): number[] {
  const slab = Array.from({ length: stage.slots }, (_, slot) => (slot < models ? 1 : Number.NaN));
  for (const level of stage.forward) {
    const made = level.map(({ links }) =>
      links.reduce((sum, { slot }) => sum + (slab[slot] ?? Number.NaN), 0),
    );
    for (const [i, item] of level.entries()) slab[item.slot] = made[i] ?? Number.NaN;
  }
  return stage.candidates.map(({ output }) => slab[output] ?? Number.NaN);
}

function runBackward(stage: StageLayout): number[] {
  const slab = new Array<number>(stage.gradientSlots).fill(Number.NaN);
  for (const { outputGradient } of stage.candidates) slab[outputGradient] = 1;
  for (const level of stage.backward) {
    const made = level.map(({ links }) =>
      links.reduce((sum, { slot }) => sum + (slab[slot] ?? Number.NaN), 0),
    );
    for (const [i, item] of level.entries()) slab[item.slot] = made[i] ?? Number.NaN;
  }
  return stage.candidates.map(({ inputGradient }) => slab[inputGradient] ?? Number.NaN);
}

describe('layout', () => {
  test('levels reach every path, forwards and backwards, and never read too early', () => {
    fc.assert(
      fc.property(modelsOfCells, ([vertices, models]) => {
        const layout = compileLayout(models.map((stages) => planOf(vertices, [...stages])));
        for (const [s, stage] of layout.stages.entries()) {
          const expected = models.flatMap((own) => own[s as 0 | 1].map((m) => paths(vertices, m)));
          expect(runForward(stage, models.length)).toEqual(expected);
          expect(runBackward(stage)).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('every operation is one block, and no slot belongs to two', () => {
    fc.assert(
      fc.property(modelsOfCells, ([vertices, models]) => {
        const layout = compileLayout(models.map((stages) => planOf(vertices, [...stages])));
        for (const stage of layout.stages) {
          const blocks = stage.forward.flat().flatMap(({ links }) => links.map((l) => l.operation));
          expect(blocks.toSorted((a, b) => a - b)).toEqual(stage.filters.map((_, i) => i));
          const slots = stage.forward.flat().map(({ slot }) => slot);
          expect(new Set(slots).size).toBe(stage.slots - models.length);
          for (const { source, target } of stage.filters) {
            expect(source).toBeLessThan(stage.slots);
            expect(target).toBeLessThan(stage.gradientSlots);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  test('refuses networks of different shapes', () => {
    const other = compilePlan(
      regionOf(2, [[0], [1]]),
      { ...network('conv'), classes: 4 },
      {
        poolingType: 'max',
        normalisation: 'none',
        weightInit: 'he',
      },
    );
    expect(() => compileLayout([planOf(2, [[0], [1]]), other])).toThrow(/one shape/);
  });
});

describe('parameters on the device', () => {
  test('there and back for every model, without overlap, padding zero', () => {
    fc.assert(
      fc.property(modelsOfCells, fc.constantFrom('conv', 'linear'), ([vertices, models], kind) => {
        const plans = models.map((stages) => planOf(vertices, [...stages], kind));
        const layout = compileLayout(plans);
        const locations = locationsOf(plans, layout);
        const device = new Float32Array(layout.size * 4);
        const flats = plans.map((plan, model) =>
          Float32Array.from({ length: plan.parameterCount }, (_, i) => 1000 * model + i + 1),
        );
        for (const [model, flat] of flats.entries()) packInto(device, locations[model]!, flat);
        for (const [model, flat] of flats.entries()) {
          expect(unpack(device, locations[model]!, flat.length)).toEqual(flat);
        }
        const filled = device.filter((value) => value !== 0).length;
        expect(filled).toBe(plans.reduce((sum, plan) => sum + plan.parameterCount, 0));
      }),
      { numRuns: 40 },
    );
  });

  test('a filter lies as [tap][input channel][output channel], padded to four', () => {
    const plan = planOf(2, [[0], [0]]);
    const layout = compileLayout([plan]);
    const flat = new Float32Array(plan.parameterCount);
    const slot = plan.slots[plan.stages[0]!.candidates[0]!.levels[0]![0]!.weight]!;
    // Tap (2, 1), from channel 3 to channel 4 of five.
    flat[slot.offset + ((2 * 3 + 1) * 5 + 3) * 5 + 4] = 7;
    const device = new Float32Array(layout.size * 4);
    packInto(device, locationsOf([plan], layout)[0]!, flat);
    const at = layout.stages[0]!.cells.base * 4 + ((2 * 3 + 1) * 8 + 3) * 8 + 4;
    expect(device[at]).toBe(7);
    expect(device.filter((value) => value !== 0)).toHaveLength(1);
  });
});

describe('tables', () => {
  test('items point at their links, and links at weights and operations', () => {
    const layout = compileLayout([planOf(3, [[7, 0], [3]])]);
    const { cells, forward } = layout.stages[0]!;
    const level = forward[0]!;
    const table = levelTable(level, cells);
    for (const [i, item] of level.entries()) {
      const [slot, first, count, alpha] = table.subarray(4 * i, 4 * i + 4);
      expect([slot, count, alpha]).toEqual([item.slot, item.links.length, item.alpha]);
      for (const [n, { slot: from, operation }] of item.links.entries()) {
        const at = 4 * (first! + n);
        expect([...table.subarray(at, at + 3)]).toEqual([
          from,
          cells.base + operation * cells.size,
          operation,
        ]);
      }
    }
  });

  test('models that share images all read slot 0', () => {
    const layout = compileLayout([planOf(2, [[0], [1]]), planOf(2, [[1], [1]])]);
    const sources = (shared: boolean) => {
      const table = layerTable(layout.stages[0]!.stem!, shared);
      return [table[8], table[12]];
    };
    expect(sources(true)).toEqual([0, 0]);
    expect(sources(false)).toEqual([0, 1]);
  });
});
