/** What the pointer is on and what the inspector shows. Of this screen only, never of the run. */
import { useCallback } from 'react';
import { create } from 'zustand';
import { useLabState } from '../page/lab.ts';

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

/** An evaluation of a black-box search: of which run, and its number, from 0. */
interface ChosenEvaluation {
  readonly run: string | undefined;
  readonly index: number;
}

interface Selection {
  readonly hovered: readonly CandidateRef[] | null;
  readonly selected: Selected | null;
  readonly evaluation: ChosenEvaluation | null;
}

export const useSelection = create<Selection>()(() => ({
  hovered: null,
  selected: null,
  evaluation: null,
}));

export const hover = (hovered: readonly CandidateRef[] | null): void =>
  useSelection.setState({ hovered });

export const choose = (selected: Selected | null): void => useSelection.setState({ selected });

/** The number of the evaluation that is chosen in the open run, and how to choose: again is not at all. */
export function useEvaluation(): readonly [number | null, (index: number) => void] {
  const run = useLabState((state) => state.run?.id);
  const chosen = useSelection(({ evaluation }) => (evaluation?.run === run ? evaluation : null));
  const choose = useCallback(
    (index: number) =>
      useSelection.setState(({ evaluation }) => ({
        evaluation: evaluation?.run === run && evaluation?.index === index ? null : { run, index },
      })),
    [run],
  );
  return [chosen?.index ?? null, choose];
}

/** The path of an architecture through its region. */
export const pathOf = (choice: readonly number[]): readonly CandidateRef[] =>
  choice.map((candidate, stage) => ({ stage, candidate }));
