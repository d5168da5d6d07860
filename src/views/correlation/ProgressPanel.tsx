/** How far the measuring is: all jobs, each lane, and the time left as a range. */
import { Pause, Play } from 'lucide-react';
import { useMemo } from 'react';
import type { JobProgress, StudyJob } from '../../core/study/events.ts';
import { timeLeft } from '../../core/study/time.ts';
import { studyWork } from '../../core/study/work.ts';
import type { StudyStatus } from '../../state/study/slice.ts';
import { Button } from '../../ui/Button.tsx';
import { formatCount, formatDecimal, formatPercent, formatRange } from '../../ui/format.ts';
import { useDispatch, useLab, useLabState } from '../lab.ts';
import { knownSpeed, workersHere } from '../speed.ts';
import { choiceName } from './models.ts';
import { useStudy } from './useStudy.ts';

export const STATUS: { readonly [status in StudyStatus]: string } = {
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

/** Share of the present job's steps that are done. */
const shareOf = ({ step, steps }: JobProgress) => (steps > 0 ? step / steps : 0);

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
  const trains = status === 'measuring' || status === 'starting';
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
      {lanes.length > 0 && (
        <ul className="lane-list">
          {lanes.map((lane) => (
            <Lane key={JSON.stringify(lane.job)} lane={lane} />
          ))}
        </ul>
      )}
    </section>
  );
}

function jobName(job: StudyJob): string {
  switch (job.kind) {
    case 'supernet':
      return `Supernet ${job.supernet + 1} (${job.variant})`;
    case 'alone':
      return `${choiceName(job.choice)} alone, seed ${job.seed + 1}`;
    case 'proxies':
      return `Proxies of ${choiceName(job.choice)}`;
    default:
      return job satisfies never;
  }
}

function laneText({ phase, step, steps, loss, accuracy }: JobProgress): string {
  if (phase === 'waiting') return 'waiting';
  if (phase === 'readout') return 'reading out on held-out images';
  const parts = [`step ${step} of ${steps}`];
  if (loss !== null) parts.push(`loss ${formatDecimal(loss, 2)}`);
  if (accuracy !== null) parts.push(`accuracy ${formatPercent(accuracy)}`);
  return parts.join(' · ');
}

function Lane({ lane }: { readonly lane: JobProgress }) {
  return (
    <li className="lane">
      <span className="lane-name">{jobName(lane.job)}</span>
      <progress className="progress" aria-label={jobName(lane.job)} value={shareOf(lane)} max={1} />
      <span className="lane-text">{laneText(lane)}</span>
    </li>
  );
}
