/** Each kernel of the `wasm` executor alone, at the shapes of REF, against what tfjs has for it. */
import type { KernelsOptions } from '../../core/bench/requests.ts';
import type { KernelsResult, KernelTime, Place } from '../../core/bench/results.ts';
import { LabError } from '../../core/errors.ts';
import { giveBack, takeHeap } from '../executors/wasm/kernels.ts';
import { type KernelCase, type KernelCases, planeCases, vectorCases } from './kernelCases.ts';
import { SHAPES } from './kernelPlaces.ts';
import { netNamed } from './nets.ts';
import { type BenchHost, medians, short, timed, type Work, warmUp } from './timing.ts';

/** A sample takes this many milliseconds at least: browsers round their clocks. */
const SAMPLE = 5;

interface Loop {
  readonly work: Work;
  readonly calls: number;
}

/** So many calls in a row that the clock can time them. */
async function loopOf(call: () => void, milliseconds: number, host: BenchHost): Promise<Loop> {
  await warmUp(host, call, milliseconds, 3);
  let calls = 1;
  for (;;) {
    const work = () => {
      for (let i = 0; i < calls; i++) call();
    };
    const time = await timed(host, work);
    if (time >= SAMPLE) return { work, calls };
    calls = time > 0 ? Math.ceil(calls * Math.min(8, (1.2 * SAMPLE) / time)) : calls * 8;
  }
}

async function time(
  { kernel, shape, operations, ours, stock }: KernelCase,
  { repeats, warmUp: before }: KernelsOptions,
  host: BenchHost,
): Promise<KernelTime> {
  const loops = [await loopOf(ours, before, host)];
  if (stock) loops.push(await loopOf(stock, before, host));
  const times = await medians(
    host,
    loops.map(({ work }) => work),
    repeats,
  );
  const [own, other] = times.map((total, i) => total / (loops[i]?.calls ?? 1));
  const milliseconds = own ?? Number.NaN;
  return {
    kernel,
    shape,
    milliseconds,
    gigaflops: operations === null ? null : operations / milliseconds / 1e6,
    stockMilliseconds: other ?? null,
  };
}

/** @throws LabError `backend-unavailable` where the kernels are not: another backend, or no SIMD. */
export async function measureKernels(
  place: Place,
  options: KernelsOptions,
  host: BenchHost,
): Promise<KernelsResult> {
  if (place.backend !== 'wasm') {
    throw new LabError('backend-unavailable', 'Only the kernels of WASM are timed one by one.');
  }
  const { repeats, batch } = options;
  const kernels: KernelTime[] = [];
  const heap = takeHeap();
  const measure = async ({ cases, dispose }: KernelCases) => {
    try {
      for (const one of cases) kernels.push(await time(one, options, host));
    } finally {
      dispose();
    }
  };
  try {
    for (const shape of SHAPES) {
      await measure(planeCases(heap, shape, batch));
      const found = kernels.find((one) => one.shape.startsWith(`${shape.side}×`));
      if (found) host.tell(`${found.kernel} ${found.shape}: ${short(found.milliseconds)} ms`);
    }
    await measure(vectorCases(heap, netNamed('REF').plan.parameterCount));
    return { benchmark: 'kernels', ...place, repeats, batch, kernels };
  } finally {
    giveBack(heap);
  }
}
