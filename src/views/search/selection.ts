/** What the pointer is on and what the inspector shows. Of this screen only, never of the run. */
import { create } from 'zustand';

export interface CandidateRef {
  readonly stage: number;
  readonly candidate: number;
}

export type Selected =
  | { readonly kind: 'cell'; readonly generation: number; readonly at: CandidateRef }
  | {
      readonly kind: 'architecture';
      readonly generation: number;
      readonly choice: readonly number[];
    };

interface Selection {
  readonly hovered: readonly CandidateRef[] | null;
  readonly selected: Selected | null;
  /** Number of the evaluation of a black-box search, from 0. */
  readonly evaluation: number | null;
}

export const useSelection = create<Selection>()(() => ({
  hovered: null,
  selected: null,
  evaluation: null,
}));

export const hover = (hovered: readonly CandidateRef[] | null): void =>
  useSelection.setState({ hovered });

export const choose = (selected: Selected | null): void => useSelection.setState({ selected });

export const chooseEvaluation = (evaluation: number | null): void =>
  useSelection.setState({ evaluation });

/** The path of an architecture through its region. */
export const pathOf = (choice: readonly number[]): readonly CandidateRef[] =>
  choice.map((candidate, stage) => ({ stage, candidate }));
