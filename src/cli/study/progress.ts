/** How far a study is, on stderr: jobs done, what runs, time left. */
import { formatRoughly } from '../../core/format.ts';
import type { JobProgress, StudyEvent } from '../../core/study/events.ts';
import { appendStudyEvents, type StudyView } from '../../core/study/reducer.ts';
import { jobWork, type StudyWork, studyWork } from '../../core/study/work.ts';
import type { Io } from '../io.ts';
import { bar } from '../report.ts';

/** Lines on a stderr that is no terminal are this far apart, in milliseconds. */
const LINE_EVERY = 30_000;

function describeJob({ job, step, steps, phase }: JobProgress): string {
  switch (job.kind) {
    case 'supernet':
      return `${job.variant} ${job.supernet + 1} ${phase === 'readout' ? 'readout' : `${step}/${steps}`}`;
    case 'alone':
      return `${job.choice.join('.')} seed ${job.seed + 1} ${step}/${steps}`;
    case 'proxies':
      return `${job.choice.join('.')} proxies`;
    default:
      return job satisfies never;
  }
}

export class StudyProgressLine {
  private view: StudyView;
  private work: StudyWork;
  private readonly atStart: number;
  private readonly begun: number;
  private shown = Number.NEGATIVE_INFINITY;
  private readonly io: Io;

  constructor(io: Io, view: StudyView) {
    this.io = io;
    this.view = view;
    this.work = studyWork(view);
    this.atStart = this.work.total - this.work.left;
    this.begun = io.clock();
  }

  /** Takes a fact in. */
  event(event: StudyEvent): void {
    this.view = appendStudyEvents(this.view, [event]);
    this.work = studyWork(this.view);
  }

  /** Shows what runs now. */
  jobs(running: readonly JobProgress[]): void {
    const now = this.io.clock();
    if (!this.io.status && now - this.shown < LINE_EVERY) return;
    this.shown = now;
    const line = this.line(running, now - this.begun);
    if (this.io.status) this.io.status(line);
    else this.io.err(line);
  }

  private line(running: readonly JobProgress[], elapsed: number): string {
    const { config } = this.view;
    const { total, left, jobs, jobsLeft } = this.work;
    const partial = running.reduce(
      (sum, { job, step, steps }) =>
        config && steps > 0 ? sum + (jobWork(config, job).training * step) / steps : sum,
      0,
    );
    const done = total - left + partial;
    const gained = done - this.atStart;
    const time =
      gained > 0 ? `about ${formatRoughly((elapsed * (total - done)) / gained)} left` : '';
    return [bar(done, total), `job ${jobs - jobsLeft}/${jobs}`, time, ...running.map(describeJob)]
      .filter((part) => part !== '')
      .join('  ');
  }
}
