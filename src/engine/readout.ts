/** Reads a trained supernet out on held-out images: the parts asked for, and no more. */
import { planReadout, type Readout, type ReadoutRequest } from '../core/rankers/readout.ts';
import type { Batch, Executor } from './executors/executor.ts';
import type { Gate } from './supernet.ts';

export interface SupernetOnHand extends ReadoutRequest {
  readonly executor: Executor;
  /** Held-out images. */
  readonly batches: readonly Batch[];
  readonly gate: Gate;
}

/** One call evaluates all mixtures: executors share work between them. @throws what the gate throws. */
export async function readOut({
  executor,
  batches,
  gate,
  ...request
}: SupernetOnHand): Promise<Readout> {
  const plan = planReadout(request);
  return plan.read(await executor.evaluate(batches, plan.mixtures, gate));
}
