/**
 * What the supernets of a study said at one step. At the last step that is the final readout. Earlier
 * the weights come from the training curve: the last ones, and their average as if training had ended
 * there; losses exist only at the checkpoints.
 */

import type { Reading } from '../rankers/types.ts';
import { averageOverLastThird } from '../ranks.ts';
import type { SupernetFinished } from './events.ts';
import type { StudyView, VariantView } from './reducer.ts';

export interface ReadingOptions {
  /** Numbers of the supernets to read; all finished ones by default. */
  readonly supernets?: readonly number[];
  /** Training step to read at; the last by default. */
  readonly step?: number;
}

/** Null if the supernet reported nothing at that step. */
function readingAt({ supernet, history, readouts }: SupernetFinished, at?: number): Reading | null {
  const final = readouts.at(-1);
  if (!final) return null;
  const step = at ?? final.step;
  const readout = readouts.find((one) => one.step === step) ?? null;
  if (step === final.step) {
    return { supernet, step, last: final.last, averaged: final.averaged, readout: final };
  }
  const last = history.find((point) => point.step === step)?.weights ?? readout?.last;
  if (!last) return null;
  const before = history.filter((point) => point.step <= step).map(({ weights }) => weights);
  const averaged = before.length > 0 ? averageOverLastThird(before) : last;
  return { supernet, step, last, averaged, readout };
}

/** Readings of one variant's supernets, by their number. */
export function readingsOf(
  { supernets }: VariantView,
  { supernets: asked, step }: ReadingOptions = {},
): readonly Reading[] {
  return supernets
    .filter(({ supernet }) => asked?.includes(supernet) ?? true)
    .flatMap((one) => readingAt(one, step) ?? []);
}

const ascending = (steps: Iterable<number>) => [...new Set(steps)].sort((a, b) => a - b);

/** Steps at which some supernet of a variant told its weights, ascending. */
export function weightSteps({ supernets }: VariantView): readonly number[] {
  return ascending(
    supernets.flatMap(({ history, readouts }) => [
      ...history.map(({ step }) => step),
      ...readouts.map(({ step }) => step),
    ]),
  );
}

/** Steps at which some supernet of a variant was read out in full, ascending. */
export function readoutSteps({ supernets }: VariantView): readonly number[] {
  return ascending(supernets.flatMap(({ readouts }) => readouts.map(({ step }) => step)));
}

/** The variant of a ranker id: `fade@softmax` names one, `fade` means the main one. */
export function variantOf(view: StudyView, rankerId: string): VariantView | null {
  const [, id] = rankerId.split('@');
  return view.variants.find((one) => (id === undefined ? one.main : one.id === id)) ?? null;
}
