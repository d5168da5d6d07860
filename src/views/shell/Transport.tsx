/** The bar on top: what runs, how far it is, and the commands that move it. */
import { runPlays } from '../../state/trains.ts';
import './Transport.css';
import { formatRange } from '../../core/format.ts';
import { currentRound, type RoundView, type RunView } from '../../core/run/reducer.ts';
import { roundTitle, roundWord } from '../../core/run/rounds.ts';
import type { LabState } from '../../state/store.ts';
import { useLabState } from '../page/lab.ts';
import { phaseName } from '../page/phases.ts';
import { ActionButton, ThemeButton } from './ActionButton.tsx';
import { BackendBadge } from './BackendBadge.tsx';
import { StudyButtons, StudyReadout } from './StudyTransport.tsx';

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
  const round = currentRound(view);
  const left = status === 'running' && !inPast ? view.eta.run : null;
  const word = recorded ? (playing ? 'Recording plays' : 'Recording') : STATUS[status];
  return (
    <div className="readout">
      <p className="readout-main">
        <span data-testid="generation-label">{roundLabel(view, round)}</span>
        <span className={`badge badge-${badgeTone(status, recorded)}`} data-testid="run-status">
          {word}
          {inPast && !recorded ? ' · in the past' : ''}
        </span>
      </p>
      <p className="readout-sub">
        <span data-testid="phase-label">
          {phaseName(view.config, view.phase)}
          {view.phase === 'training' && round ? trainingPlace(round) : ''}
        </span>
        {left && <span>{formatRange(left.low, left.high)} left</span>}
        {view.config && <span>seed {view.config.search.seed}</span>}
      </p>
    </div>
  );
}

/** `Generation 3 of 8`; without a limit only which one it is. */
function roundLabel({ config }: RunView, round: RoundView | null): string {
  if (!round || !config) return `No ${roundWord(config)} yet`;
  const title = `${roundTitle(config)} ${round.index + 1}`;
  const { generations } = config.search;
  return generations === 0 ? title : `${title} of ${Math.max(generations, round.index + 1)}`;
}

/** How far the training job is, and which one it is if there are several. */
function trainingPlace({ jobs, current }: RoundView): string {
  const last = jobs[current]?.progress.at(-1);
  const job = jobs.length > 1 ? `, ${current + 1} of ${jobs.length}` : '';
  return last ? `${job}, step ${last.step} of ${last.steps}` : job;
}

function badgeTone(status: LabState['status'], recorded: boolean): string {
  if (recorded) return 'accent';
  if (status === 'failed') return 'bad';
  if (status === 'paused' || status === 'waiting') return 'warn';
  return status === 'running' || status === 'finished' ? 'good' : 'plain';
}
