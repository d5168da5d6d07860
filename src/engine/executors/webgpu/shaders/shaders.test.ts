import { describe, expect, test } from 'vitest';
import { asChannelBlocks } from '../../units.ts';
import { adamCorrections, CONTROL_BYTES, encodeControl, IDLE } from '../control.ts';
import { flat, type LayerGeometry } from '../geometry.ts';
import { filterParts, sumParts } from './filters.ts';
import { loss, mixture, optimise, stepAlpha } from './learning.ts';
import { collect, mix, products, returns, spread } from './mixing.ts';
import { type MixingShape, moments, scales } from './normalisation.ts';
import {
  cellBackward,
  cellForward,
  insideRow,
  layerBackward,
  layerForward,
  reluBitsAt,
} from './strips.ts';
import { CONTROL_FIELDS, type Kernel } from './template.ts';

const spatial = (width: number, strip: number, kernel: number): LayerGeometry => ({
  height: 9,
  width,
  imagesPerPlane: 1,
  inputBlocks: asChannelBlocks(2),
  outputBlocks: asChannelBlocks(3),
  kernel,
  strip,
  strips: Math.ceil(width / strip),
  relu: true,
});

const mixing: MixingShape = {
  height: 9,
  width: 9,
  channelBlocks: asChannelBlocks(2),
  pooled: { height: 4, width: 4 },
  factor: 2,
  pooling: 'max',
  normalisation: 'batch',
  imagesPerPlane: 1,
};

function everyKernel(): Kernel[] {
  const geometries = [
    spatial(14, 7, 3),
    spatial(9, 5, 7),
    flat(asChannelBlocks(3), asChannelBlocks(2), false),
  ];
  const shapes = (['none', 'batch', 'l2'] as const).flatMap((normalisation) =>
    (['max', 'average'] as const).map((pooling) => ({ ...mixing, normalisation, pooling })),
  );
  return [
    ...geometries.flatMap((geometry) => [
      cellForward(geometry),
      cellBackward(geometry),
      layerForward(geometry),
      layerBackward(geometry),
      filterParts(geometry),
    ]),
    sumParts(),
    ...shapes.flatMap((shape) => [
      moments(shape),
      scales(shape),
      mix(shape),
      products(shape),
      returns(shape),
      spread(shape),
      collect(shape),
    ]),
    ...(['softmax', 'gumbel', 'gumbel-hard'] as const).map(mixture),
    optimise('adam', 0),
    optimise('sgd', 0.9),
    stepAlpha('gumbel', 'adam', 0),
    stepAlpha('softmax', 'sgd', 0.5),
    loss(10, true),
  ];
}

describe('kernels', () => {
  test('keep within the eight storage buffers that every device has', () => {
    for (const { label, bindings } of everyKernel()) {
      const storage = Object.values(bindings).filter(({ access }) => access !== 'uniform');
      expect(storage.length, label).toBeLessThanOrEqual(8);
    }
  });

  test('declare every binding once, in order, and have balanced brackets', () => {
    for (const { label, bindings, code } of everyKernel()) {
      Object.keys(bindings).forEach((name, i) => {
        const declared = new RegExp(`@binding\\(${i}\\) var<[^>]*> ${name}: `);
        expect(code, label).toMatch(declared);
      });
      for (const [open, close] of ['()', '{}', '[]'].map((pair) => [...pair])) {
        expect(code.split(open!).length, label).toBe(code.split(close!).length);
      }
      expect(code, label).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  test('use no word that WGSL keeps for itself', () => {
    // Chrome lets some of them pass; other browsers do not.
    const reserved =
      'active as auto class common demote do enum filter final from get goto layout meta mod ' +
      'move new of partial pass patch precise private ref self set shared sizeof static super ' +
      'target template this type union unsafe using where with yield';
    const words = new Set(reserved.split(' '));
    for (const { label, bindings, code } of everyKernel()) {
      const declared = [...code.matchAll(/\b(?:let|var|const|fn)\s+(\w+)/g)].map((m) => m[1] ?? '');
      const used = [...declared, ...Object.keys(bindings)].filter((name) => words.has(name));
      expect(used, label).toEqual([]);
    }
  });

  test('one source for one geometry, so that pipelines are compiled once', () => {
    expect(cellForward(spatial(14, 7, 3)).code).toBe(cellForward(spatial(14, 7, 3)).code);
    expect(cellForward(spatial(14, 7, 3)).code).not.toBe(cellForward(spatial(14, 7, 5)).code);
  });
});

describe('borders of a row', () => {
  test('within a row of several strips only the ends are tested', () => {
    const geometry = spatial(14, 7, 3);
    expect(insideRow(geometry, -1)).toBe('strip > 0u');
    expect(insideRow(geometry, 3)).toBeNull();
    expect(insideRow(geometry, 7)).toBe('left + 7 < i32(W)');
  });

  test('a row of one strip knows its ends beforehand', () => {
    const geometry = spatial(3, 4, 3);
    expect([-1, 0, 2, 3, 4].map((offset) => insideRow(geometry, offset))).toEqual([
      'never',
      null,
      null,
      'never',
      'never',
    ]);
  });

  test('ReLU bits of a pixel are four neighbours in its word', () => {
    expect(reluBitsAt('word', 0)).toContain('vec4u(1u, 2u, 4u, 8u)');
    expect(reluBitsAt('word', 7)).toContain(`${2 ** 31}u`);
  });
});

describe('control block', () => {
  test('is a multiple of sixteen bytes, each field at its place', () => {
    expect(CONTROL_BYTES % 16).toBe(0);
    for (const [i, [name, type]] of CONTROL_FIELDS.entries()) {
      const view = new DataView(encodeControl({ ...IDLE, [name]: 3 }));
      const value = type === 'f32' ? view.getFloat32(4 * i, true) : view.getUint32(4 * i, true);
      expect(value, name).toBe(3);
    }
  });

  test('Adam corrects its first step fully', () => {
    const [first, second] = adamCorrections(1);
    expect(first).toBeCloseTo(10, 9);
    expect(second).toBeCloseTo(1000, 6);
  });
});
