/** The bar on top: what runs, how far it is, and the commands that move it. */
import { runPlays } from '../../state/trains.ts';
import './Transport.css';
import { formatRange } from '../../core/format.ts';
import { currentGeneration } from '../../core/run/reducer.ts';
import type { LabState } from '../../state/store.ts';
import { useLabState } from '../page/lab.ts';
import { ActionButton, ThemeButton } from './ActionButton.tsx';
import { BackendBadge } from './BackendBadge.tsx';
import { StudyButtons, StudyReadout } from './StudyTransport.tsx';

const PHASES: { readonly [phase in LabState['view']['phase']]: string } = {
  empty: 'Nothing yet',
  started: 'Getting ready',
  proposed: 'Candidates proposed',
  training: 'Training the supernet',
  trained: 'Supernet trained',
  ranked: 'Candidates ranked',
  moved: 'Pseudo-gradient taken',
  finished: 'Search finished',
  failed: 'Stopped by an error',
};

const STATUS: { readonly [status in LabState['status']]: string } = {
  idle: 'Ready',
  starting: 'Starting',
  running: 'Running',
  paused: 'Paused',
  waiting: 'Waiting',
  failed: 'Failed',
  finished: 'Finished',
};

export function Transport() {
  const playing = useLabState(runPlays);
  const onStudy = useLabState((state) => state.screen === 'correlation');
  return (
    <header className="transport">
      <a className="brand" href="#main" aria-label="FaDE Lab: skip to the content">
        <img src="./favicon.svg" alt="" width="26" height="26" />
        <span>FaDE Lab</span>
      </a>
      {onStudy ? <StudyButtons /> : <RunButtons playing={playing} />}
      {onStudy ? <StudyReadout /> : <Readout />}
      <div className="transport-end">
        <BackendBadge />
        <ThemeButton />
        <ActionButton id="toggle-help" testId="help" />
      </div>
    </header>
  );
}

function RunButtons({ playing }: { readonly playing: boolean }) {
  return (
    <div className="transport-buttons" role="toolbar" aria-label="Transport">
      <ActionButton id="back" testId="back" />
      <ActionButton id="toggle-play" testId="play" strong pressed={playing} />
      <ActionButton id="step-phase" testId="sub-step" />
      <ActionButton id="step-generation" testId="step-generation" />
      <ActionButton id="forward" testId="forward" />
      <ActionButton id="live" testId="live" />
      <span className="transport-gap" />
      <ActionButton id="branch" testId="branch" />
      <ActionButton id="reseed" testId="restart" />
      <span className="transport-gap" />
      <ActionButton id="export" testId="export-run" />
      <ActionButton id="open" testId="open-run" />
    </div>
  );
}

function Readout() {
  const view = useLabState((state) => state.view);
  const recorded = useLabState((state) => state.recorded);
  const status = useLabState((state) => state.status);
  const inPast = useLabState((state) => state.cursor !== null);
  const playing = useLabState(runPlays);
  const generation = currentGeneration(view);
  const total = view.config?.search.generations;
  const last = generation?.progress.at(-1);
  const left = status === 'running' && !inPast ? view.eta.run : null;
  const word = recorded ? (playing ? 'Recording plays' : 'Recording') : STATUS[status];
  return (
    <div className="readout">
      <p className="readout-main">
        <span data-testid="generation-label">
          {generation && total
            ? `Generation ${generation.index + 1} of ${Math.max(total, generation.index + 1)}`
            : 'No generation yet'}
        </span>
        <span className={`badge badge-${badgeTone(status, recorded)}`} data-testid="run-status">
          {word}
          {inPast && !recorded ? ' · in the past' : ''}
        </span>
      </p>
      <p className="readout-sub">
        <span data-testid="phase-label">
          {PHASES[view.phase]}
          {view.phase === 'training' && last ? `, step ${last.step} of ${last.steps}` : ''}
        </span>
        {left && <span>{formatRange(left.low, left.high)} left</span>}
        {view.config && <span>seed {view.config.search.seed}</span>}
      </p>
    </div>
  );
}

function badgeTone(status: LabState['status'], recorded: boolean): string {
  if (recorded) return 'accent';
  if (status === 'failed') return 'bad';
  if (status === 'paused' || status === 'waiting') return 'warn';
  return status === 'running' || status === 'finished' ? 'good' : 'plain';
}
