import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type NetworkShape, supernetCost } from './architecture.ts';
import { edgeCount, operationsOf } from './cell.ts';
import { readCell, regionOf } from './cellId.ts';
import type { Region } from './region.ts';
import { compilePlan, type PlanCandidate, type PlanOptions } from './schedule.ts';

interface Case {
  readonly region: Region;
  readonly network: NetworkShape;
}

const operations = fc.oneof(
  fc.record({ kind: fc.constant('conv' as const), kernel: fc.constantFrom(3, 5, 7) }),
  fc.record({ kind: fc.constant('linear' as const), width: fc.integer({ min: 1, max: 20 }) }),
);

/** Regions of 1 to 10 stages with 1 to 16 cells of 2 to 8 vertices, and networks for them. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    vertices: fc.integer({ min: 2, max: 8 }),
    stages: fc.integer({ min: 1, max: 10 }),
    candidates: fc.integer({ min: 1, max: 16 }),
    operation: operations,
    channels: fc.integer({ min: 1, max: 3 }),
    classes: fc.integer({ min: 2, max: 10 }),
  })
  .chain(({ vertices, stages, candidates, operation, channels, classes }) => {
    const mask = fc.integer({ min: 0, max: 2 ** edgeCount(vertices) - 1 });
    const list = <T>(item: fc.Arbitrary<T>, length: number) =>
      fc.array(item, { minLength: length, maxLength: length });
    return fc.record({
      region: list(list(mask, candidates), stages).map((masks) => regionOf(vertices, masks)),
      network: list(fc.integer({ min: 1, max: 6 }), stages).map((widths) => ({
        input: { height: 9, width: 12, channels },
        classes,
        operation,
        stages: widths.map((width, s) => ({ channels: width, pooling: s < 3 ? 2 : 1 })),
      })),
    });
  });

const OPTIONS: PlanOptions = { poolingType: 'max', normalisation: 'batch', weightInit: 'he' };
const runs = { numRuns: 40 };
const planOf = ({ region, network }: Case) => compilePlan(region, network, OPTIONS);

describe('compilePlan', () => {
  test('has as many parameters as the cost model says', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { parameters } = supernetCost(one.network, one.region, 1);
        expect(planOf(one).parameterCount).toBe(parameters);
      }),
      runs,
    );
  });

  test('tiles the flat vector without gap or overlap', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { slots, parameterCount } = planOf(one);
        let offset = 0;
        const expected = slots.map(({ shape }) => {
          const size = shape.reduce((a, b) => a * b, 1);
          offset += size;
          return { offset: offset - size, size };
        });
        expect(slots.map((slot) => ({ offset: slot.offset, size: slot.size }))).toEqual(expected);
        expect(offset).toBe(parameterCount);
        expect(new Set(slots.map(({ name }) => name)).size).toBe(slots.length);
      }),
      runs,
    );
  });

  test('uses every slot once', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { slots, stages, classifier } = planOf(one);
        const layers = stages.flatMap(({ stem, candidates }) => [
          ...(stem ? [stem] : []),
          ...candidates.flatMap(({ levels }) => levels.flat()),
        ]);
        const used = [...layers, classifier].flatMap(({ weight, bias }) => [weight, bias]);
        expect(used.sort((a, b) => a - b)).toEqual(slots.map((_, i) => i));
      }),
      runs,
    );
  });

  test('levels respect dependencies and hold every operation once', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const plan = planOf(one);
        plan.stages.forEach((stage, s) => {
          stage.candidates.forEach((cell, i) => {
            expect(cell.cell).toBe(one.region[s]?.[i]);
            checkLevels(cell);
          });
        });
      }),
      runs,
    );
  });

  test('refuses pooling that leaves no pixel', () => {
    const network: NetworkShape = {
      input: { height: 4, width: 4, channels: 1 },
      classes: 2,
      operation: { kind: 'conv', kernel: 3 },
      stages: [{ channels: 2, pooling: 8 }],
    };
    const region = regionOf(2, [[0]]);
    expect(() => compilePlan(region, network, OPTIONS)).toThrow(/space\.pooling/);
  });
});

function checkLevels({ cell, vertices, levels, sources, sinks }: PlanCandidate): void {
  const complete = new Set(sources);
  const waiting = new Map<number, number>();
  for (const { to } of levels.flat()) {
    if (to !== 'output') waiting.set(to, (waiting.get(to) ?? 0) + 1);
  }
  for (const level of levels) {
    expect(level.length).toBeGreaterThan(0);
    expect(level.filter(({ from }) => !complete.has(from))).toEqual([]);
    for (const { to } of level) {
      if (to === 'output') continue;
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) complete.add(to);
    }
  }
  expect(complete.size).toBe(vertices);
  const name = ({ from, to }: { readonly from: number; readonly to: number | 'output' }) =>
    `${from}-${to}`;
  const expected = operationsOf(vertices, readCell(cell).mask).map(name);
  expect(levels.flat().map(name).sort()).toEqual(expected.sort());
  const outputs = levels.flat().filter(({ to }) => to === 'output');
  expect(outputs.map(({ from }) => from).sort()).toEqual([...sinks].sort());
}
