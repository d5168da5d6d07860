/** Hands jobs to runners and holds their results until they are taken. */
import { LabError, toErrorRecord } from '../../core/errors.ts';
import type { JobProgress, StudyJob } from '../../core/study/events.ts';
import type { JobResult } from './jobs.ts';
import type { DeviceLoss, Runner, RunnerNews } from './runners.ts';

export interface NamedJob {
  /** The same for the same work. */
  readonly key: string;
  readonly job: StudyJob;
}

/** Whether a runner may train two jobs together. */
const together = (a: StudyJob, b: StudyJob) =>
  a.kind === 'alone' && b.kind === 'alone' && a.steps === b.steps;

export class Dispatcher {
  private readonly results: Map<string, JobResult>;
  private readonly failures = new Map<string, unknown>();
  /** Jobs on their way, in the order of their start, and how far each is. */
  private readonly running = new Map<string, JobProgress>();
  /** Told by runners and not asked for yet. */
  private losses: DeviceLoss[] = [];
  private readonly free: Set<Runner>;
  private readonly work = new Set<Promise<void>>();
  private readonly abort = new AbortController();
  private readonly signal: AbortSignal;
  /** Why the last runner that went away did. */
  private lost: unknown = null;
  private reported = false;
  private changed = false;
  private wake: (() => void) | null = null;

  /** `results` may hold some already; those that nobody takes stay in it. */
  constructor(runners: readonly Runner[], signal: AbortSignal, results: Map<string, JobResult>) {
    this.free = new Set(runners);
    this.signal = signal;
    this.results = results;
    signal.addEventListener('abort', this.stopAll, { once: true });
    if (signal.aborted) this.stopAll();
  }

  private readonly stopAll = (): void => {
    this.abort.abort();
    this.notify();
  };

  private notify(): void {
    this.changed = true;
    this.wake?.();
  }

  /**
   * The result of a job, if it is there; the dispatcher then forgets it.
   * @throws what the job failed with; a cancelled job fails every other.
   */
  take(key: string): JobResult | null {
    for (const [failed, error] of this.failures) {
      if (failed === key || toErrorRecord(error).code === 'cancelled') throw error;
    }
    const result = this.results.get(key) ?? null;
    this.results.delete(key);
    return result;
  }

  /**
   * Starts the first jobs that are neither done nor on their way, as far as runners are free. Jobs
   * after one that failed are not begun.
   * @throws LabError `worker-died` or `device-lost` if no runner is left.
   */
  start(pending: readonly NamedJob[]): void {
    const failed = pending.findIndex(({ key }) => this.failures.has(key));
    const wanted = failed < 0 ? pending : pending.slice(0, failed);
    for (const runner of [...this.free]) {
      const open = wanted.filter(({ key }) => !this.results.has(key) && !this.running.has(key));
      const [first] = open;
      if (!first) return;
      const batch = open.filter((one) => one === first || together(one.job, first.job));
      this.launch(runner, batch.slice(0, runner.capacity));
    }
    if (this.free.size > 0 || this.work.size > 0) return;
    throw this.lost ?? new LabError('internal', 'The study has no runner to run on.');
  }

  private launch(runner: Runner, batch: readonly NamedJob[]): void {
    this.free.delete(runner);
    for (const { key, job } of batch) {
      const nothing = { step: 0, steps: 0, loss: null, accuracy: null, weights: null };
      this.running.set(key, { job, ...nothing, phase: 'waiting' });
    }
    const work = this.drive(runner, batch).finally(() => {
      for (const { key } of batch) this.running.delete(key);
      this.work.delete(work);
      this.notify();
    });
    this.work.add(work);
  }

  private async drive(runner: Runner, batch: readonly NamedJob[]): Promise<void> {
    const jobs = batch.map(({ job }) => job);
    const onNews = (news: RunnerNews) => {
      if ('type' in news) this.losses.push(news);
      else {
        const place = batch.find(({ job }) => sameJob(job, news.job));
        if (place) this.running.set(place.key, news);
        this.reported = true;
      }
      this.notify();
    };
    try {
      const results = await runner.run(jobs, onNews, this.abort.signal);
      for (const [i, { key }] of batch.entries()) {
        const result = results[i];
        if (!result) throw new LabError('internal', `A runner left out the job “${key}”.`);
        this.results.set(key, result);
      }
      this.free.add(runner);
    } catch (thrown) {
      const { code } = toErrorRecord(thrown);
      // A runner that is no more takes no further job; those it had go to another.
      if (code === 'worker-died' || code === 'device-lost') {
        this.lost = thrown;
        return;
      }
      for (const { key } of batch) this.failures.set(key, thrown);
      this.free.add(runner);
    }
  }

  /** Devices that were lost and came back since the last call. */
  takeLosses(): readonly DeviceLoss[] {
    const { losses } = this;
    this.losses = [];
    return losses;
  }

  /** Resolves when a job has ended or its runner has told something, or at once if that has happened. */
  async change(): Promise<void> {
    if (!this.changed) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    this.wake = null;
    this.changed = false;
  }

  /** How far the running jobs are; empty if none has told anything since the last call. */
  progress(): JobProgress[] {
    if (!this.reported) return [];
    this.reported = false;
    return [...this.running.values()];
  }

  /** Ends what runs, and waits for it. */
  async stop(): Promise<void> {
    this.signal.removeEventListener('abort', this.stopAll);
    this.abort.abort();
    await Promise.all(this.work);
  }
}

/** Jobs cross threads, so equal ones need not be identical. */
const sameJob = (a: StudyJob, b: StudyJob) => a === b || JSON.stringify(a) === JSON.stringify(b);
