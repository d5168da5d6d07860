/** A loss of the GPU that a training survived, in words. */
import type { RunConfig } from './config.ts';
import type { TrainingPlace } from './events.ts';
import { methodKind } from './rounds.ts';

type Place = Pick<TrainingPlace, 'supernet' | 'step'>;

/** In an ensemble a step needs the number of its supernet. */
function named({ supernet, step }: Place, supernets: number): string {
  return supernets > 1 ? `step ${step} of supernet ${supernet + 1}` : `step ${step}`;
}

/** One sentence: where it happened, and where training went on. `config`: of the run. */
export function deviceLossSentence(
  { supernet, step, from }: Place & { readonly from: Place },
  config: RunConfig | null,
): string {
  const supernets = config?.ranker.supernets ?? 1;
  const begun = from.supernet === 0 && from.step === 0;
  const start = methodKind(config) === 'region' ? 'the start of the generation' : 'its start';
  const where = begun ? start : named(from, supernets);
  return `The GPU was lost at ${named({ supernet, step }, supernets)}; training went on from ${where}.`;
}
