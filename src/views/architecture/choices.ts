/** What the reader chose on this screen. Of the screen only, never of a run. */
import { create } from 'zustand';
import type { SampleFilter } from './predictions.ts';

interface Choices {
  /** Training steps; null: as many as a supernet of the settings. */
  readonly steps: number | null;
  /** Which training, from 0. */
  readonly seed: number;
  /** Architecture beside the first. */
  readonly compare: string | null;
  /** Stage marked in the drawing. */
  readonly stage: number | null;
  readonly samples: SampleFilter;
  /** Test image whose probabilities are shown. */
  readonly image: number | null;
}

export const useChoices = create<Choices>()(() => ({
  steps: null,
  seed: 0,
  compare: null,
  stage: null,
  samples: { kind: 'wrong' },
  image: null,
}));

export const choose = (change: Partial<Choices>): void => useChoices.setState(change);
