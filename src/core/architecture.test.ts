import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  architectureCost,
  cellCost,
  classifierCost,
  type NetworkShape,
  referenceChannels,
  stageShapes,
  stemCost,
  supernetCost,
} from './architecture.ts';
import { edgeCount } from './cell.ts';
import { architectureId, cellId, readArchitecture, regionOf } from './cellId.ts';
import { canonicalMask } from './cellSpace.ts';
import { createRandom } from './random.ts';

const conv: NetworkShape = {
  input: { height: 14, width: 14, channels: 1 },
  classes: 10,
  operation: { kind: 'conv', kernel: 3 },
  stages: [
    { channels: 4, pooling: 2 },
    { channels: 8, pooling: 2 },
  ],
};
const linear: NetworkShape = {
  ...conv,
  input: { height: 4, width: 4, channels: 3 },
  operation: { kind: 'linear', width: 17 },
};

describe('names', () => {
  it('go there and back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
        (vertices, numbers) => {
          const masks = numbers.map((x) => canonicalMask(vertices, x % 2 ** edgeCount(vertices)));
          const id = architectureId({ vertices, masks });
          expect(readArchitecture(id)).toEqual({ vertices, masks });
        },
      ),
    );
  });

  it('are the same for isomorphic cells', () => {
    expect(architectureId({ vertices: 3, masks: [1, 4] })).toBe(
      architectureId({ vertices: 3, masks: [4, 2] }),
    );
  });

  it('refuse other texts', () => {
    for (const id of ['', '5', '5:', '9:1', '5:a3.', '5:A3', '3:8', '5:400', '5:1 ']) {
      expect(() => readArchitecture(id)).toThrow(/names no architecture/);
    }
  });
});

describe('costs', () => {
  it('golden: shapes', () => {
    expect(stageShapes(conv)).toEqual([
      { from: 1, height: 14, width: 14, channels: 4, pooled: { height: 7, width: 7 } },
      { from: 4, height: 7, width: 7, channels: 8, pooled: { height: 3, width: 3 } },
    ]);
    const tiny = { ...conv, input: { height: 3, width: 3, channels: 1 } };
    expect(() => stageShapes(tiny)).toThrow(/space.pooling: stage 2/);
  });

  it('golden: convolutions, by hand', () => {
    // Stem 1: 9 weights and a bias for each of 4 channels, on 196 pixels.
    expect(stemCost(conv, 0)).toEqual({ parameters: 40, flops: 2 * 9 * 4 * 196 });
    // Empty cell on three vertices: three operations of 9·4·4 + 4.
    expect(cellCost(conv, 0, cellId(3, 0))).toEqual({
      parameters: 3 * 148,
      flops: 3 * 2 * 144 * 196,
    });
    expect(stemCost(conv, 1)).toEqual({ parameters: 9 * 4 * 8 + 8, flops: 2 * 288 * 49 });
    // All three edges, one sink: four operations of 9·8·8 + 8.
    expect(cellCost(conv, 1, cellId(3, 7))).toEqual({
      parameters: 4 * 584,
      flops: 4 * 2 * 576 * 49,
    });
    expect(classifierCost(conv)).toEqual({ parameters: 730, flops: 1440 });
    expect(architectureCost(conv, [cellId(3, 0), cellId(3, 7)])).toEqual({
      parameters: 40 + 444 + 296 + 2336 + 730,
      flops: 14112 + 169344 + 28224 + 225792 + 1440,
    });
  });

  it('golden: dense layers, by hand', () => {
    expect(stemCost(linear, 0)).toEqual({ parameters: 48 * 17 + 17, flops: 2 * 48 * 17 });
    expect(stemCost(linear, 1)).toEqual({ parameters: 0, flops: 0 });
    expect(cellCost(linear, 1, cellId(2, 0))).toEqual({
      parameters: 2 * (289 + 17),
      flops: 2 * 2 * 289,
    });
    expect(classifierCost(linear)).toEqual({ parameters: 180, flops: 340 });
  });

  it('of a supernet are linear: shared stems and classifier plus its cells', () => {
    const region = regionOf(3, [
      [0, 7],
      [1, 3],
    ]);
    const cost = supernetCost(conv, region, 32);
    const cells = region.flatMap((ids, s) => ids.map((id) => cellCost(conv, s, id)));
    const fixed = [stemCost(conv, 0), stemCost(conv, 1), classifierCost(conv)];
    const sum = (key: 'parameters' | 'flops') =>
      [...cells, ...fixed].reduce((total, each) => total + each[key], 0);
    expect(cost.cells).toBe(4);
    expect(cost.parameters).toBe(sum('parameters'));
    expect(cost.flops).toBe(sum('flops'));
    expect(cost.flopsPerStep).toBe(3 * 32 * cost.flops);
    expect(cost.activationBytes).toBe(2 * supernetCost(conv, region, 16).activationBytes);
    expect(() => supernetCost(conv, regionOf(3, [[0]]), 1)).toThrow(/1 stages/);
  });
});

describe('reference channel rule', () => {
  it('golden: one to three stages', () => {
    const random = createRandom(1);
    expect(referenceChannels(1, 32, random)).toEqual({ channels: [32], pooling: [4] });
    expect(referenceChannels(2, 32, random)).toEqual({ channels: [8, 32], pooling: [4, 4] });
    expect(referenceChannels(3, 32, random)).toEqual({ channels: [4, 16, 32], pooling: [4, 2, 2] });
    expect(referenceChannels(3, 3, random).channels).toEqual([1, 2, 3]);
    expect(() => referenceChannels(0, 3, random)).toThrow(/space.stages/);
  });

  it('from four stages on pools by 2 at both ends and twice inside', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 12 }), fc.integer(), (stages, seed) => {
        const { channels, pooling } = referenceChannels(stages, 64, createRandom(seed));
        expect(pooling.filter((factor) => factor === 2).length).toBe(4);
        expect(pooling.filter((factor) => factor === 1).length).toBe(stages - 4);
        expect([pooling[0], pooling[stages - 1]]).toEqual([2, 2]);
        expect([channels[0], channels[stages - 1]]).toEqual([8, 64]);
      }),
    );
  });
});
