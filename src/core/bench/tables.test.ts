import { expect, test } from 'vitest';
import { reportJson, reportMarkdown } from './report.ts';
import { BENCHMARKS, requestsFor } from './requests.ts';
import type {
  ExecutorsResult,
  GrowthResult,
  KernelsResult,
  NetworksResult,
  ScalingResult,
} from './results.ts';
import { tableMarkdown, tableOf, tableText } from './tables.ts';

const EXECUTORS: ExecutorsResult = {
  benchmark: 'executors',
  backend: 'webgpu',
  adapter: 'swiftshader',
  repeats: 7,
  nets: [
    {
      name: 'REF',
      batch: 4,
      stock: { milliseconds: 11312.345, dispatches: 3300 },
      fast: { milliseconds: 1401.9, dispatches: 113 },
      ratio: 8.0693,
      gradientError: 0.0000031,
    },
  ],
};

const KERNELS: KernelsResult = {
  benchmark: 'kernels',
  backend: 'wasm',
  adapter: 'SIMD',
  repeats: 7,
  batch: 64,
  kernels: [
    {
      kernel: 'convolution',
      shape: '28×28×8',
      milliseconds: 1.2,
      gigaflops: 44.32,
      stockMilliseconds: 1.8,
    },
    {
      kernel: 'sums',
      shape: '7×7×32',
      milliseconds: 0.0321,
      gigaflops: null,
      stockMilliseconds: null,
    },
  ],
};

const SCALING: ScalingResult = {
  benchmark: 'scaling',
  backend: 'wasm',
  adapter: 'SIMD',
  repeats: 7,
  batch: 32,
  exponent: 0.98765,
  workExponent: 0.99,
  points: [
    {
      stages: 2,
      candidates: 8,
      cells: 16,
      architectures: 64,
      work: 4,
      milliseconds: 128,
      alone: 10,
    },
  ],
};

const NETWORKS: NetworksResult = {
  benchmark: 'networks',
  backend: 'webgpu',
  adapter: 'swiftshader',
  repeats: 7,
  networks: 24,
  batch: 32,
  together: { milliseconds: 200, dispatches: 60, submitMilliseconds: 1 },
  oneByOne: { milliseconds: 1000, dispatches: 1440, submitMilliseconds: 20 },
  stockOneByOne: { milliseconds: 8000, dispatches: 30_000, submitMilliseconds: 700 },
};

test('a table has as many cells in every row as it has columns', () => {
  for (const result of [EXECUTORS, KERNELS, NETWORKS, SCALING]) {
    const { columns, rows } = tableOf(result);
    for (const row of rows) expect(row).toHaveLength(columns.length);
  }
});

test('dispatches are listed on a GPU and nowhere else', () => {
  expect(tableOf(EXECUTORS).rows).toEqual([['REF', 4, 11300, 1400, 8.07, 3300, 113, '3.1e-6']]);
  const onCpu = EXECUTORS.nets.map((net) => ({
    ...net,
    stock: { ...net.stock, dispatches: null },
    fast: { ...net.fast, dispatches: null },
  }));
  const { columns } = tableOf({ ...EXECUTORS, backend: 'wasm', nets: onCpu });
  expect(columns.join()).not.toContain('dispatches');
});

test('ranking an architecture costs its share of the supernet', () => {
  // 128 ms for 64 architectures are 2 ms each, a fifth of the 10 ms that one alone takes.
  expect(tableOf(SCALING).rows).toEqual([[16, '2 × 8', 64, 128, 2, 10, 5]]);
  expect(tableOf(SCALING).notes.join()).toContain('cells^0.988');
});

test('many networks are compared with themselves side by side', () => {
  expect(tableOf(NETWORKS).rows).toEqual([
    ['side by side', 200, 1, 60, 1],
    ['one by one', 1000, 5, 1440, 20],
    ['one by one, stock', 8000, 40, 30_000, 700],
  ]);
});

test('text has columns of one width, numbers at the right', () => {
  expect(tableText(tableOf(KERNELS)).split('\n')).toEqual([
    'Kernels on WASM (SIMD), batch 64, medians of 7',
    'kernel       shape    tfjs, ms  ours, ms  ratio  GFLOP/s',
    'convolution  28×28×8       1.8       1.2    1.5     44.3',
    'sums         7×7×32          –    0.0321      –        –',
  ]);
});

test('Markdown is a table that GitHub reads', () => {
  expect(tableMarkdown(tableOf(KERNELS)).split('\n')).toEqual([
    '**Kernels on WASM (SIMD), batch 64, medians of 7**',
    '',
    '| kernel | shape | tfjs, ms | ours, ms | ratio | GFLOP/s |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    '| convolution | 28×28×8 | 1.8 | 1.2 | 1.5 | 44.3 |',
    '| sums | 7×7×32 | – | 0.0321 | – | – |',
  ]);
});

test('growth names what grew and hides what cannot be seen', () => {
  const sample = { tensors: 8, tensorBytes: 64, external: null, gpuBuffers: null, gpuBytes: null };
  const result: GrowthResult = {
    benchmark: 'growth',
    backend: 'wasm',
    adapter: 'SIMD',
    steps: 20,
    executors: [
      { executor: 'wasm', samples: [{ step: 0, heap: 10, ...sample }], grew: [] },
      { executor: 'stock', samples: [{ step: 20, heap: 12, ...sample }], grew: ['heap'] },
    ],
  };
  const { columns, rows, notes } = tableOf(result);
  expect(columns).toEqual(['executor', 'step', 'tensors', 'tensor bytes', 'heap, bytes']);
  expect(rows.at(-1)).toEqual(['stock', 20, 8, 64, 12]);
  expect(notes).toEqual(['wasm: nothing grew.', 'stock: heap, bytes grew.']);
});

test('growth is shown at four moments, however many were looked at', () => {
  const samples = Array.from({ length: 11 }, (_, i) => ({
    step: i * 100,
    tensors: 0,
    tensorBytes: 0,
    heap: null,
    external: null,
    gpuBuffers: null,
    gpuBytes: null,
  }));
  const { rows } = tableOf({
    benchmark: 'growth',
    backend: 'wasm',
    adapter: 'SIMD',
    steps: 1000,
    executors: [{ executor: 'wasm', samples, grew: [] }],
  });
  expect(rows.map(([, step]) => step)).toEqual([0, 100, 500, 1000]);
});

test('a report names the machine, and what could not be measured', () => {
  const report = {
    machine: { browser: 'Chromium 140', cores: 2 },
    results: [KERNELS],
    missed: [{ benchmark: 'pool', backend: 'wasm', why: 'no threads' }],
  } as const;
  const text = reportMarkdown(report);
  expect(text).toContain('Measured in Chromium 140, 2 cores.');
  expect(text).toContain('| convolution | 28×28×8 |');
  expect(text).toContain('Threads on wasm: no threads');
  expect(JSON.parse(reportJson(report))).toEqual(report);
});

test('the page asks for what is wanted, and each backend only for what it can do', () => {
  for (const amount of ['quick', 'full'] as const) {
    for (const backend of ['wasm', 'webgpu'] as const) {
      const able = BENCHMARKS.filter(({ backends }) => backends.includes(backend)).map(
        ({ id }) => id,
      );
      const all = requestsFor(
        amount,
        backend,
        BENCHMARKS.map(({ id }) => id),
      );
      expect(all.map(({ benchmark }) => benchmark).sort()).toEqual([...able].sort());
      expect(requestsFor(amount, backend, ['scaling'])).toHaveLength(1);
      expect(requestsFor(amount, backend, [])).toEqual([]);
    }
  }
});
