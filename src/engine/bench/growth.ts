/** Do tensors, heap or GPU buffers grow with the steps? They must not, however long a run is. */
import type { GrowthOptions } from '../../core/bench/requests.ts';
import type {
  GrowthMeasure,
  GrowthOfExecutor,
  GrowthResult,
  GrowthSample,
  Place,
} from '../../core/bench/results.ts';
import type { ExecutorId } from '../../core/run/executors.ts';
import { createExecutor } from '../executors/choose.ts';
import { memory } from '../memory.ts';
import { type BufferWatch, watchBuffers } from './gpuWatch.ts';
import { batchOf, initOf, net, STRATIFIED_CELLS, stepOnce } from './nets.ts';
import type { BenchHost } from './timing.ts';

/** What only the surroundings can say of this thread's memory, after a collection if possible. */
export interface HeapReading {
  readonly heap: number | null;
  readonly external: number | null;
}

export interface GrowthHost extends BenchHost {
  readonly heap: () => HeapReading;
}

/** Every kind of layer, but few numbers: growth does not depend on their size, patience does. */
const SMALL = net('small', {
  cells: STRATIFIED_CELLS.slice(-2),
  channels: [4, 4],
  side: 8,
  inputChannels: 1,
  normalisation: 'batch',
  batch: 8,
});

/** Samples after the one before the first step. */
const SAMPLES = 10;

/** A heap breathes a little even after a collection. */
const SLACK: { readonly [measure in GrowthMeasure]: number } = {
  tensors: 0,
  tensorBytes: 0,
  heap: 2e6,
  external: 1e6,
  gpuBuffers: 0,
  gpuBytes: 0,
};

const MEASURES = [
  'tensors',
  'tensorBytes',
  'heap',
  'external',
  'gpuBuffers',
  'gpuBytes',
] as const satisfies readonly GrowthMeasure[];

/**
 * What grew: more of it at the end than at any sample of the first half, beyond the slack. The sample
 * before the first step does not count, because memory is taken by then on.
 */
export function grownIn(samples: readonly GrowthSample[]): GrowthMeasure[] {
  const along = samples.slice(1);
  const last = along.at(-1);
  const early = along.slice(0, Math.ceil(along.length / 2));
  if (!last || early.length === 0) return [];
  return MEASURES.filter((measure) => {
    const end = last[measure];
    const before = early.map((sample) => sample[measure]).filter((value) => value !== null);
    return end !== null && before.length > 0 && end > Math.max(...before) + SLACK[measure];
  });
}

function sample(step: number, watch: BufferWatch | null, host: GrowthHost): GrowthSample {
  const { tensors, bytes } = memory();
  const { heap, external } = host.heap();
  const held = watch?.held() ?? null;
  return {
    step,
    tensors,
    tensorBytes: bytes,
    heap,
    external,
    gpuBuffers: held?.buffers ?? null,
    gpuBytes: held?.bytes ?? null,
  };
}

async function train(
  executor: ExecutorId,
  place: Place,
  steps: number,
  host: GrowthHost,
): Promise<GrowthOfExecutor> {
  const watch = place.backend === 'webgpu' ? watchBuffers() : null;
  const init = initOf(SMALL);
  const batch = batchOf(SMALL, SMALL.batch);
  const mixture = SMALL.plan.stages.map(({ candidates }) => candidates.map((_, i) => i + 1));
  const made = createExecutor(init, { backend: place.backend, prefer: executor });
  const every = Math.max(1, Math.round(steps / SAMPLES));
  try {
    const samples = [sample(0, watch, host)];
    for (let step = 1; step <= steps; step++) {
      await host.gate();
      await stepOnce(made, batch, init);
      if (step % every !== 0 && step !== steps) continue;
      await made.evaluate([batch], [mixture], host.gate);
      samples.push(sample(step, watch, host));
    }
    return { executor, samples, grew: grownIn(samples) };
  } finally {
    made.dispose();
    watch?.stop();
  }
}

/** `stock` takes a second a step on a software GPU, and its tensors are the same as on WASM. */
const EXECUTORS = {
  wasm: ['wasm', 'stock'],
  webgpu: ['webgpu'],
  cpu: ['stock'],
} as const satisfies { readonly [backend in Place['backend']]: readonly ExecutorId[] };

/** The executors of the backend, one after another. */
export async function measureGrowth(
  place: Place,
  { steps }: GrowthOptions,
  host: GrowthHost,
): Promise<GrowthResult> {
  const executors: GrowthOfExecutor[] = [];
  for (const executor of EXECUTORS[place.backend]) {
    const measured = await train(executor, place, steps, host);
    executors.push(measured);
    const { grew } = measured;
    const verdict = grew.length === 0 ? 'nothing grew' : `${grew.join(', ')} grew`;
    host.tell(`${executor} on ${place.backend}, ${steps} steps: ${verdict}`);
  }
  return { benchmark: 'growth', ...place, steps, executors };
}
