/** A tick per generation; a click moves the cursor, LIVE follows the run. */
import { useMemo } from 'react';
import { cursorAtRound } from '../../core/run/history.ts';
import { LIVE_KEY, parseGenerationKey } from '../../viz/shared/keys.ts';
import { timelineChart } from '../../viz/timeline/index.ts';
import { Chart } from '../Chart.tsx';
import { useLab, useLabState } from '../page/lab.ts';
import { timelineModel } from './models.ts';

export function Timeline() {
  const { store, session } = useLab();
  const live = useLabState((state) => state.live);
  const view = useLabState((state) => state.view);
  const isLive = useLabState((state) => state.cursor === null);
  const running = useLabState((state) => state.status === 'running');
  const model = useMemo(
    () => timelineModel(live, view, { live: isLive, running }),
    [live, view, isLive, running],
  );
  const onSelect = useMemo(
    () => (key: string) => {
      const generation = parseGenerationKey(key);
      const events = store.getState().run?.events;
      if (key === LIVE_KEY) session.goTo(null);
      else if (generation !== null && events) session.goTo(cursorAtRound(events, generation));
    },
    [store, session],
  );
  return (
    <section className="timeline" aria-label="Timeline" data-testid="timeline">
      {model ? (
        <Chart kind={timelineChart} model={model} onSelect={onSelect} />
      ) : (
        <p className="timeline-empty">The generations of a run line up here.</p>
      )}
    </section>
  );
}
