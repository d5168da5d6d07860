/** The benchmarks of the command line: what they print, not how fast anything is. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { BenchRequest } from '../core/bench/requests.ts';
import type { BenchResult, ExecutorsResult } from '../core/bench/results.ts';
import { main } from './bench.ts';

const EXECUTORS: Omit<ExecutorsResult, 'backend'> = {
  benchmark: 'executors',
  adapter: 'made up',
  repeats: 2,
  nets: [
    {
      name: 'REF',
      batch: 4,
      stock: { milliseconds: 80, dispatches: 3300 },
      fast: { milliseconds: 10, dispatches: 113 },
      ratio: 8,
      gradientError: 1e-6,
    },
  ],
};

interface Asked {
  readonly backend: string;
  readonly requests: readonly BenchRequest[];
}

const noThreads = async (): Promise<string> => {
  throw new Error('No threads in this test.');
};

/** Runs a benchmark with a browser that answers `results`. */
async function run(argv: readonly string[], results: readonly BenchResult[] | null = null) {
  const out: string[] = [];
  const err: string[] = [];
  const asked: Asked[] = [];
  const code = await main(argv, {
    projectRoot: resolve(import.meta.dirname, '../..'),
    chromium: {
      async measure(backend, requests) {
        asked.push({ backend, requests });
        const own = results?.filter((result) => result.backend === backend) ?? [];
        return own.length > 0 ? own : null;
      },
    },
    runnerProgram: noThreads,
    teamProgram: noThreads,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out: out.join('\n'), err: err.join('\n'), asked };
}

test('executors --json has the times of both backends in one object', async () => {
  const { code, out, asked } = await run(
    ['executors', '--in', 'chromium', '--repeats', '2', '--gpu-batch', '8', '--json'],
    [
      { ...EXECUTORS, backend: 'wasm' },
      { ...EXECUTORS, backend: 'webgpu' },
    ],
  );
  expect(code).toBe(0);
  const printed: unknown = JSON.parse(out);
  const times = {
    stock: { milliseconds: 80 },
    fast: { milliseconds: 10 },
    ratio: 8,
    gradientError: 1e-6,
  };
  expect(printed).toMatchObject({ wasm: times });
  expect(printed).toMatchObject({
    webgpu: {
      ...times,
      stock: { dispatches: 3300 },
      fast: { dispatches: 113 },
      adapter: 'made up',
    },
  });
  expect(asked.map(({ backend }) => backend)).toEqual(['wasm', 'webgpu']);
  expect(asked[1]?.requests[0]).toMatchObject({ options: { repeats: 2, batch: 8 } });
});

test('executors without WebGPU says null, and does not fail', async () => {
  const { code, out, err } = await run(
    ['executors', '--in', 'chromium', '--json'],
    [{ ...EXECUTORS, backend: 'wasm' }],
  );
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ webgpu: null });
  expect(err).toContain('Chromium has no webgpu here.');
});

test('executors prints a table for every place', async () => {
  const { out } = await run(
    ['executors', '--in', 'chromium', '--no-gpu'],
    [{ ...EXECUTORS, backend: 'wasm' }],
  );
  expect(out).toContain('A training step on WASM (made up), medians of 2, in Chromium');
  expect(out).toMatch(/REF\s+4\s+80\s+10\s+8/);
  const markdown = await run(
    ['executors', '--in', 'chromium', '--no-gpu', '--markdown'],
    [{ ...EXECUTORS, backend: 'wasm' }],
  );
  expect(markdown.out).toContain('| REF | 4 | 80 | 10 | 8 |');
});

test('kernels are measured in Node', async () => {
  const { code, out, asked } = await run([
    ...['kernels', '--in', 'node', '--repeats', '1', '--batch', '1', '--json'],
  ]);
  expect(code).toBe(0);
  expect(asked).toEqual([]);
  const printed: unknown = JSON.parse(out);
  expect(printed).toMatchObject({
    results: [{ where: 'node', benchmark: 'kernels', backend: 'wasm', batch: 1, repeats: 1 }],
  });
});

test('growth reads the heap of Node', async () => {
  const { code, out, err } = await run(['growth', '--in', 'node', '--steps', '10', '--json']);
  expect(code).toBe(0);
  const { results } = JSON.parse(out);
  expect(results).toHaveLength(1);
  const { executors } = results[0];
  for (const { samples } of executors) {
    for (const { heap, external, tensors } of samples) {
      expect(heap).toBeGreaterThan(1e6);
      expect(external).toBeGreaterThan(0);
      expect(tensors).toBeGreaterThanOrEqual(0);
    }
  }
  expect(err).toContain('wasm on wasm, 10 steps:');
});

test('scaling asks the browser for tiny shapes on a GPU', async () => {
  const { asked } = await run(['scaling', '--in', 'chromium', '--cells', '8', '--json']);
  expect(asked.map(({ backend }) => backend)).toEqual(['wasm', 'webgpu']);
  expect(asked[1]?.requests[0]).toMatchObject({ options: { cells: 8, batch: 4, channels: 4 } });
});

test('an unknown benchmark names those that exist, a failure its reason', async () => {
  const wrong = await run(['kernel']);
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('Did you mean kernels?');
  expect(wrong.err).toContain('executors, scaling, pool, kernels, networks, steps, growth');
  const failed = await run(['pool', '--architectures', '2', '--steps', '1', '--repeats', '1']);
  expect(failed.code).toBe(1);
  expect(failed.err).toContain('No threads in this test.');
  const help = await run(['--help']);
  expect(help.out).toContain('npm run bench -- growth [options]');
});
