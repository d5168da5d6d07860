/** The search screen: what one sees, the space, and beside it training, evolution and the best. */
import { useState } from 'react';
import { Tabs } from '../../ui/Tabs.tsx';
import { BestPanel } from './BestPanel.tsx';
import { EvolutionPanels } from './EvolutionPanel.tsx';
import { Hero } from './Hero.tsx';
import { Inspector } from './Inspector.tsx';
import { SpacePanel } from './SpacePanel.tsx';
import { TrainingPanels } from './TrainingPanel.tsx';

const TABS = [
  { id: 'training', label: 'Training' },
  { id: 'evolution', label: 'Evolution' },
] as const;

export function SearchView() {
  const [tab, setTab] = useState<(typeof TABS)[number]['id']>('training');
  return (
    <div className="search">
      <Hero />
      <div className="search-panels">
        <SpacePanel />
        <BestPanel />
        <Tabs label="Details of the search" tabs={TABS} active={tab} onChange={setTab}>
          {tab === 'training' ? <TrainingPanels /> : <EvolutionPanels />}
        </Tabs>
      </div>
      <Inspector />
    </div>
  );
}
