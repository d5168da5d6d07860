/** The search screen: what one sees, the space, and beside it training, evolution and the best. */
import './SearchView.css';
import './panels.css';
import './Inspector.css';
import { type ReactNode, useState } from 'react';
import { Tabs } from '../../ui/Tabs.tsx';
import { BestPanel } from './BestPanel.tsx';
import { PopulationPanel, ThetaPanel } from './EvolutionPanel.tsx';
import { Hero } from './Hero.tsx';
import { Inspector } from './Inspector.tsx';
import { SpacePanel } from './SpacePanel.tsx';
import { AlphaPanel, CurvesPanel } from './TrainingPanel.tsx';

const TABS = [
  { id: 'training', label: 'Training' },
  { id: 'weights', label: 'Weights' },
  { id: 'evolution', label: 'Evolution' },
  { id: 'gradient', label: 'Gradient' },
] as const;

type TabId = (typeof TABS)[number]['id'];

const PANELS: { readonly [id in TabId]: () => ReactNode } = {
  training: CurvesPanel,
  weights: AlphaPanel,
  evolution: PopulationPanel,
  gradient: ThetaPanel,
};

export function SearchView() {
  const [tab, setTab] = useState<TabId>('training');
  const Details = PANELS[tab];
  return (
    <div className="search">
      <div className="search-panels">
        <Hero />
        <SpacePanel />
        <BestPanel />
        <Tabs label="Details of the search" tabs={TABS} active={tab} onChange={setTab}>
          <Details />
        </Tabs>
      </div>
      <Inspector />
    </div>
  );
}
