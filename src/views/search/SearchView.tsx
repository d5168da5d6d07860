/** The search screen: what is searched, the best of it, and beside them training, cost, and the method. */
import './SearchView.css';
import './panels.css';
import './Inspector.css';
import { useState } from 'react';
import { methodById } from '../../core/method/registry.ts';
import type { LabState } from '../../state/store.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { useLabState } from '../page/lab.ts';
import { Hero } from './Hero.tsx';
import { Inspector } from './Inspector.tsx';
import { screenOf } from './methodPanels.ts';

/** The method of the run on the screen; before there is one, of the recording to come. */
const methodOf = ({ view }: LabState) => view.config?.method.id ?? 'pseudo-gradient';

export function SearchView() {
  const [tab, setTab] = useState('training');
  const method = useLabState(methodOf);
  const { kind } = methodById(method).descriptor;
  const { main: Main, best: Best, details } = screenOf(kind, method);
  const active = details.find(({ id }) => id === tab) ?? details[0];
  const Details = active?.panel;
  return (
    <div className="search">
      <div className="search-panels">
        <Hero />
        <Main />
        <Best />
        <Tabs
          label="Details of the search"
          tabs={details}
          active={active?.id ?? tab}
          onChange={setTab}
        >
          {Details && <Details />}
        </Tabs>
      </div>
      <Inspector />
    </div>
  );
}
