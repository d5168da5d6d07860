/** A loss of the GPU that a training survived, in words. */
import type { TrainingPlace } from './events.ts';

type Place = Pick<TrainingPlace, 'supernet' | 'step'>;

/** In an ensemble a step needs the number of its supernet. */
function named({ supernet, step }: Place, supernets: number): string {
  return supernets > 1 ? `step ${step} of supernet ${supernet + 1}` : `step ${step}`;
}

/** One sentence: where it happened, and where training went on. */
export function deviceLossSentence(
  { supernet, step, from }: Place & { readonly from: Place },
  supernets: number,
): string {
  const begun = from.supernet === 0 && from.step === 0;
  const where = begun ? 'the start of the generation' : named(from, supernets);
  return `The GPU was lost at ${named({ supernet, step }, supernets)}; training went on from ${where}.`;
}
