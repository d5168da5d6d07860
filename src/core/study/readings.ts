/**
 * What the supernets of a study said at one step. At the last step that is the final readout. Earlier
 * the weights come from the training curve: the last ones, and their average as if training had ended
 * there; losses exist only at the checkpoints.
 */

import type { MeasuredParts } from '../rankers/readout.ts';
import type { Reading } from '../rankers/types.ts';
import { averageOverLastThird } from '../ranks.ts';
import type { SupernetFinished, SupernetReadout } from './events.ts';
import type { StudyView, VariantView } from './reducer.ts';

export interface ReadingOptions {
  /** Numbers of the supernets to read; all finished ones by default. */
  readonly supernets?: readonly number[];
  /** Training step to read at; the last by default. */
  readonly step?: number;
}

/** What one supernet of a study says at one step. */
export interface SupernetReading extends Reading {
  /** Which supernet of the ensemble. */
  readonly supernet: number;
  /** Training steps done. */
  readonly step: number;
}

const NOT_MEASURED: MeasuredParts = {
  probe: null,
  leaveOneOut: null,
  sampled: null,
  exhaustive: null,
};

function measuredParts(readout: SupernetReadout): MeasuredParts {
  const { probe, leaveOneOut, sampled, exhaustive } = readout;
  return { probe, leaveOneOut, sampled, exhaustive };
}

/** Null if the supernet reported nothing at that step. */
function readingAt(
  { supernet, history, readouts }: SupernetFinished,
  at?: number,
): SupernetReading | null {
  const final = readouts.at(-1);
  if (!final) return null;
  const step = at ?? final.step;
  if (step === final.step) {
    const { last, averaged: weights } = final;
    return { supernet, step, last, weights, ...measuredParts(final) };
  }
  const readout = readouts.find((one) => one.step === step);
  const last = history.find((point) => point.step === step)?.weights ?? readout?.last;
  if (!last) return null;
  const before = history.filter((point) => point.step <= step).map(({ weights }) => weights);
  const weights = before.length > 0 ? averageOverLastThird(before) : last;
  const parts = readout ? measuredParts(readout) : NOT_MEASURED;
  return { supernet, step, last, weights, ...parts };
}

/** Readings of one variant's supernets, by their number. */
export function readingsOf(
  { supernets }: VariantView,
  { supernets: asked, step }: ReadingOptions = {},
): readonly SupernetReading[] {
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
