/** Panels of the search screen: those that every search of a kind has, and a method's own. */
import type { ReactNode } from 'react';
import type { MethodType } from '../../core/method/types.ts';
import { BestEvaluatedPanel } from './BestEvaluatedPanel.tsx';
import { BestPanel } from './BestPanel.tsx';
import { CostPanel } from './CostPanel.tsx';
import { EvaluationsPanel } from './EvaluationsPanel.tsx';
import { PopulationPanel, ThetaPanel } from './EvolutionPanel.tsx';
import { SpacePanel } from './SpacePanel.tsx';
import { AlphaPanel, CurvesPanel } from './TrainingPanel.tsx';

export interface DetailPanel {
  readonly id: string;
  readonly label: string;
  readonly panel: () => ReactNode;
}

interface KindOfScreen {
  /** What is searched, or who was tried. */
  readonly main: () => ReactNode;
  readonly best: () => ReactNode;
  readonly details: readonly DetailPanel[];
}

const TRAINING: DetailPanel = { id: 'training', label: 'Training', panel: CurvesPanel };
const COST: DetailPanel = { id: 'cost', label: 'Cost', panel: CostPanel };

const KINDS: { readonly [kind in MethodType]: KindOfScreen } = {
  region: {
    main: SpacePanel,
    best: BestPanel,
    details: [
      TRAINING,
      { id: 'weights', label: 'Weights', panel: AlphaPanel },
      { id: 'evolution', label: 'Evolution', panel: PopulationPanel },
    ],
  },
  'black-box': { main: EvaluationsPanel, best: BestEvaluatedPanel, details: [TRAINING] },
};

/** A method's own panels, by its id; a method without any has the general ones. */
const OWN: { readonly [method: string]: readonly DetailPanel[] } = {
  'pseudo-gradient': [{ id: 'gradient', label: 'Gradient', panel: ThetaPanel }],
};

/** The screen of a method: its own panels come after the general ones, the cost last. */
export function screenOf(kind: MethodType, method: string): KindOfScreen {
  const { details, ...rest } = KINDS[kind];
  return { ...rest, details: [...details, ...(OWN[method] ?? []), COST] };
}
