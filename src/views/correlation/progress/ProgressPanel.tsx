/** How far the measuring is: all jobs, each lane, and the time left as a range. */
import { studyTrains } from '../../../state/trains.ts';
import './progress.css';
import { Pause, Play } from 'lucide-react';
import { useMemo } from 'react';
import { formatCount, formatRange } from '../../../core/format.ts';
import { timeLeft } from '../../../core/study/time.ts';
import { studyWork } from '../../../core/study/work.ts';
import type { StudyStatus } from '../../../state/study/slice.ts';
import { Button } from '../../../ui/Button.tsx';
import { knownSpeed, workersHere } from '../../costs/speed.ts';
import { useDispatch, useLab, useLabState } from '../../page/lab.ts';
import { useStudy } from '../useStudy.ts';
import { type LaneRow, laneRows, shareOf } from './lanes.ts';

const STATUS: { readonly [status in StudyStatus]: string } = {
  idle: 'Ready',
  starting: 'Starting',
  measuring: 'Measuring',
  paused: 'Paused',
  failed: 'Stopped by an error',
  finished: 'Finished',
};

export function ProgressPanel() {
  const status = useStudy((study) => study.status);
  const recorded = useStudy((study) => study.recorded);
  if (recorded || status === 'finished' || status === 'idle') return null;
  return <Progress status={status} />;
}

function Progress({ status }: { readonly status: StudyStatus }) {
  const { store } = useLab();
  const dispatch = useDispatch();
  const view = useStudy((study) => study.view);
  const lanes = useStudy((study) => study.lanes);
  const workers = useLabState(workersHere);
  const work = useMemo(() => studyWork(view), [view]);
  const left = useMemo(
    () => timeLeft(view, workers, knownSpeed(store.getState()).speed),
    [view, workers, store],
  );
  const rows = useMemo(() => laneRows(lanes, workers), [lanes, workers]);
  const trains = useLabState(studyTrains);
  const done = work.jobs - work.jobsLeft;
  const running = lanes.reduce((sum, lane) => sum + shareOf(lane), 0);
  return (
    <section className="panel study-progress" aria-label="Progress" data-testid="study-progress">
      <div className="progress-head">
        <p>
          <strong data-testid="study-status">{STATUS[status]}</strong>
          <span className="progress-fact" data-testid="study-jobs">
            {work.jobs > 0 && `${formatCount(done)} of ${formatCount(work.jobs)} jobs`}
          </span>
          {left && work.jobsLeft > 0 && (
            <span className="progress-fact">{formatRange(left.low, left.high)} left</span>
          )}
        </p>
        <Button
          kind={trains ? 'plain' : 'primary'}
          icon={trains ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
          data-testid="study-toggle"
          onClick={() => dispatch('toggle-study')}
        >
          {trains ? 'Pause' : 'Resume'}
        </Button>
      </div>
      <progress
        className="progress"
        aria-label="Jobs done"
        value={Math.min(work.jobs, done + running)}
        max={Math.max(1, work.jobs)}
      />
      {rows.length > 0 && <Lanes rows={rows} />}
    </section>
  );
}

function Lanes({ rows }: { readonly rows: readonly LaneRow[] }) {
  return (
    <ul className="lane-list">
      {rows.map((row) => (
        <Lane key={row.key} row={row} />
      ))}
    </ul>
  );
}

/** Networks side by side can be opened to see each. */
function Lane({ row }: { readonly row: LaneRow }) {
  if (row.parts.length === 0) {
    return (
      <li className="lane">
        <LaneFigures row={row} />
      </li>
    );
  }
  return (
    <li>
      <details className="lane-group" data-testid="lane-group">
        <summary className="lane">
          <LaneFigures row={row} />
        </summary>
        <Lanes rows={row.parts} />
      </details>
    </li>
  );
}

function LaneFigures({ row: { name, share, text } }: { readonly row: LaneRow }) {
  return (
    <>
      <span className="lane-name">{name}</span>
      <progress className="progress" aria-label={name} value={share} max={1} />
      <span className="lane-text">{text}</span>
    </>
  );
}
