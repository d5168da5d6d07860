/** `steps`: the executor that a run would take, on supernets of growing size. */
import { median } from '../../core/bench/statistics.ts';
import { batchOf, initOf, net, stepOnce } from '../../engine/bench/nets.ts';
import { createExecutor } from '../../engine/executors/choose.ts';

const CONFIGS = [
  { channels: [4, 8], side: 14, batch: 32 },
  { channels: [8, 16], side: 14, batch: 32 },
  { channels: [8, 16], side: 14, batch: 64 },
  { channels: [8, 16], side: 28, batch: 64 },
  { channels: [8, 16, 32], side: 14, batch: 32 },
] as const;

/** Five cells on five vertices, one of each depth 1..5 (edge bits in the usual pair order). */
const CELLS = [0, 102, 57, 153, 723];

export interface StepResult {
  readonly stages: number;
  readonly channels: readonly number[];
  readonly side: number;
  readonly batch: number;
  readonly milliseconds: number;
}

/** Median milliseconds of a step, configuration by configuration. */
export async function* measureSteps(repeats: number): AsyncGenerator<StepResult> {
  for (const config of CONFIGS) {
    const shape = { ...config, cells: CELLS, inputChannels: 1, normalisation: 'batch' } as const;
    const own = net('steps', shape);
    const init = initOf(own);
    const executor = createExecutor(init);
    const batch = batchOf(own, config.batch);
    const times: number[] = [];
    for (let i = -3; i < repeats; i++) {
      const since = performance.now();
      await stepOnce(executor, batch, init);
      if (i >= 0) times.push(performance.now() - since);
    }
    executor.dispose();
    const milliseconds = Number(median(times).toFixed(1));
    yield { stages: config.channels.length, ...config, milliseconds };
  }
}
