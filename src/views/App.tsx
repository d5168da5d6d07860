/** The whole page: rail, transport, messages, the screen, the timeline, and what lies on top. */
import './App.css';
import './Chart.css';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import type { Lab } from '../state/lab.ts';
import type { ViewId } from '../state/store.ts';
import { DatasetsView } from './data/DatasetsView.tsx';
import { LearnView } from './learn/LearnView.tsx';
import { LabContext, SightContext, sightOf, useLabState } from './page/lab.ts';
import { applyTheme } from './page/platform.ts';
import { RunsDrawer } from './runs/RunsDrawer.tsx';
import { SearchView } from './search/SearchView.tsx';
import { Timeline } from './search/TimelinePanel.tsx';
import { SettingsDrawer } from './settings/SettingsDrawer.tsx';
import { HelpSheet } from './shell/HelpSheet.tsx';
import { Messages } from './shell/Messages.tsx';
import { Rail } from './shell/Rail.tsx';
import { Transport } from './shell/Transport.tsx';
import { useShortcuts } from './shell/useShortcuts.ts';

/** Screens that the first one never waits for. */
const CorrelationView = lazy(async () => ({
  default: (await import('./correlation/CorrelationView.tsx')).CorrelationView,
}));

const ArchitectureView = lazy(async () => ({
  default: (await import('./architecture/ArchitectureView.tsx')).ArchitectureView,
}));

export function App({ lab }: { readonly lab: Lab }) {
  useShortcuts(lab);
  const sight = useMemo(() => sightOf(lab), [lab]);
  return (
    <LabContext value={lab}>
      <SightContext value={sight}>
        <Shell />
        <SettingsDrawer />
        <RunsDrawer />
        <HelpSheet />
      </SightContext>
    </LabContext>
  );
}

function Shell() {
  const screen = useLabState((state) => state.screen);
  useTheme();
  return (
    <div className="app" data-screen={screen}>
      <Transport />
      <Rail />
      <main id="main" tabIndex={-1}>
        <Messages />
        <Suspense fallback={<p className="screen-loading">Loading the screen…</p>}>
          <Screen id={screen} />
        </Suspense>
      </main>
      {screen === 'search' && <Timeline />}
    </div>
  );
}

function Screen({ id }: { readonly id: ViewId }) {
  if (id === 'learn') return <LearnView />;
  if (id === 'data') return <DatasetsView />;
  if (id === 'correlation') return <CorrelationView />;
  if (id === 'architecture') return <ArchitectureView />;
  return <SearchView />;
}

function useTheme() {
  const theme = useLabState((state) => state.theme);
  useEffect(() => {
    applyTheme(theme);
  }, [theme]);
}
