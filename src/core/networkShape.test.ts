import { describe, expect, test } from 'vitest';
import { networkShape } from './networkShape.ts';
import { resolveConfig } from './run/resolve.ts';

const TASK = { height: 32, width: 28, channels: 3, classes: 10 };
const shapeOf = (overrides: unknown) => networkShape(resolveConfig({ overrides }), TASK);

describe('networkShape', () => {
  test('takes channels and pooling as listed', () => {
    const shape = shapeOf({ space: { stages: 2, channels: [5, 9], pooling: [2, 3], kernel: 5 } });
    expect(shape).toEqual({
      input: { height: 32, width: 28, channels: 3 },
      classes: 10,
      operation: { kind: 'conv', kernel: 5 },
      stages: [
        { channels: 5, pooling: 2 },
        { channels: 9, pooling: 3 },
      ],
    });
  });

  test('knows linear operations by their width', () => {
    expect(shapeOf({ space: { operation: 'linear', width: 17 } }).operation).toEqual({
      kind: 'linear',
      width: 17,
    });
  });

  const reference = (stages: number, last: number, seed = 1) =>
    shapeOf({
      task: { imagePooling: 1 },
      space: {
        stages,
        channelRule: 'reference',
        // Only the last of the list counts.
        channels: Array.from({ length: stages }, (_, s) => (s === stages - 1 ? last : 7)),
        pooling: Array.from({ length: stages }, () => 1),
        operation: stages === 1 ? 'conv' : 'linear',
      },
      search: { seed },
    }).stages;

  test('follows the reference rule: fewer channels before later pooling', () => {
    expect(reference(1, 32)).toEqual([{ channels: 32, pooling: 4 }]);
    expect(reference(2, 32)).toEqual([
      { channels: 8, pooling: 4 },
      { channels: 32, pooling: 4 },
    ]);
    expect(reference(3, 32).map(({ pooling }) => pooling)).toEqual([4, 2, 2]);
    expect(reference(3, 32).map(({ channels }) => channels)).toEqual([4, 16, 32]);
  });

  test.each([4, 6, 10])('pools four of %i stages, the inner two by seed', (stages) => {
    const found = reference(stages, 32);
    const pooling = found.map((stage) => stage.pooling);
    expect(pooling.filter((factor) => factor === 2).length).toBe(4);
    expect([pooling[0], pooling.at(-1)]).toEqual([2, 2]);
    expect(found.at(-1)?.channels).toBe(32);
    expect(found[0]?.channels).toBe(4);
    expect(reference(stages, 32)).toEqual(found);
  });

  test('draws other inner stages from other seeds', () => {
    const drawn = [1, 2, 3, 4, 5, 6].map((seed) => JSON.stringify(reference(10, 32, seed)));
    expect(new Set(drawn).size).toBeGreaterThan(1);
  });
});
