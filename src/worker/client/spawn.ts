/** The real worker. Apart from the client, so that the client is tested with a fake. */
import type { TrainingWorker } from './training.ts';

/** Starts the thread that trains. */
export function spawnWorker(): TrainingWorker {
  return new Worker(new URL('../training/worker.ts', import.meta.url), { type: 'module' });
}
