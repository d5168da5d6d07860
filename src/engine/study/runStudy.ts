/**
 * The generator that turns a study's config into its log: starts jobs wherever a runner is free, and
 * lets their results enter the log in the fixed order of `pendingJobs`, so that it does not depend on
 * how many runners there are or how fast. It continues from any log prefix.
 */
import { LabError, toErrorRecord } from '../../core/errors.ts';
import type { BackendInfo } from '../../core/run/events.ts';
import type { ExecutorId } from '../../core/run/executors.ts';
import type { StudyAmount, StudyConfig } from '../../core/study/config.ts';
import {
  type ExtraEvaluation,
  type JobProgress,
  STUDY_VERSION,
  type StudyEvent,
  type StudyJob,
} from '../../core/study/events.ts';
import { jobKey, pendingJobs } from '../../core/study/jobs.ts';
import { appendStudyEvents, reduceStudy, type StudyView } from '../../core/study/reducer.ts';
import { type KnownTrainings, reusableTrainings } from '../../core/study/reuse.ts';
import { missingChoices } from '../../core/study/select.ts';
import { ENGINE_VERSION } from '../version.ts';
import { Dispatcher } from './dispatcher.ts';
import { type JobResult, jobSteps } from './jobs.ts';
import { type Runner, studyCancelled } from './runners.ts';

export interface StudyOptions {
  readonly config: StudyConfig;
  /** How much is wanted from here on; where the log asks for more, that counts. */
  readonly amount: StudyAmount;
  /** Single trainings wanted besides; those in the log already are not repeated. */
  readonly extra: readonly ExtraEvaluation[];
  readonly datasetDigest: string;
  readonly backend: BackendInfo;
  /** What the runners train with (`executorOf`). */
  readonly executor: ExecutorId;
  /** Events so far; empty for a new study. */
  readonly events: readonly StudyEvent[];
  /** At least one; disposed by the caller. */
  readonly runners: readonly Runner[];
  /** Milliseconds, for display only. */
  readonly clock: () => number;
  /** Ends the study by throwing `cancelled`. */
  readonly signal: AbortSignal;
  /**
   * Results that are finished but not in the log yet, by job key. Hand in the same map again to keep
   * what was finished out of turn when a study was interrupted; a fresh one unless given.
   */
  readonly ahead?: Map<string, JobResult>;
  /** What other studies trained alone; taken over where it is the very same training. */
  readonly known?: readonly KnownTrainings[];
}

/** What runs now, one entry a job; transient. */
export interface StudyProgress {
  readonly kind: 'progress';
  readonly jobs: readonly JobProgress[];
}

type WithoutPlace<T> = T extends StudyEvent ? Omit<T, 'at' | 'wall'> : never;
type Fact = WithoutPlace<StudyEvent>;

const grows = (before: StudyAmount, after: StudyAmount) =>
  after.architectures > before.architectures ||
  after.seeds > before.seeds ||
  after.supernets > before.supernets;

const extraKey = ({ choice, seeds, steps }: ExtraEvaluation) =>
  JSON.stringify([choice, seeds, steps]);

/** What has to be said before the work goes on: that the study begins, or that more is wanted. */
function opening(view: StudyView, options: StudyOptions): Fact[] {
  const { config, amount, datasetDigest, backend, executor } = options;
  const known = new Set(view.extra.map(extraKey));
  const extra = options.extra.filter((one) => !known.has(extraKey(one)));
  const more: Fact[] = [{ type: 'study/extended', amount, extra }];
  if (view.amount) return grows(view.amount, amount) || extra.length > 0 ? more : [];
  const started: Fact = {
    type: 'study/started',
    version: STUDY_VERSION,
    config,
    amount,
    datasetDigest,
    backend,
    executor,
    engineVersion: ENGINE_VERSION,
  };
  return extra.length > 0 ? [started, ...more] : [started];
}

/** Results that are there before anything is measured. */
function resultsOf(options: StudyOptions): Map<string, JobResult> {
  const { ahead = new Map<string, JobResult>(), known = [] } = options;
  const computed = { ...options, engineVersion: ENGINE_VERSION };
  for (const [key, result] of reusableTrainings(computed, known)) {
    if (!ahead.has(key)) ahead.set(key, result);
  }
  return ahead;
}

/** The result as this study names it: another may have had the architecture at another place. */
function placed(result: JobResult, job: StudyJob): JobResult {
  if (result.type !== 'evaluation/finished' || job.kind !== 'alone') return result;
  return { ...result, choice: job.choice };
}

/** The log under construction. */
class Log {
  view: StudyView;
  private readonly clock: () => number;
  private readonly begun: number;

  constructor(events: readonly StudyEvent[], clock: () => number) {
    this.view = reduceStudy(events);
    this.clock = clock;
    this.begun = clock() - this.view.wall;
  }

  /** Places a fact in the log, `steps` training steps later. */
  add(fact: Fact, steps = 0): StudyEvent {
    const at = this.view.stepsDone + steps;
    const event: StudyEvent = { ...fact, at, wall: Math.round(this.clock() - this.begun) };
    this.view = appendStudyEvents(this.view, [event]);
    return event;
  }
}

/**
 * Measures a study until everything asked for is there. Failures end it with `study/failed`; an
 * aborted signal, or a runner's gate that throws `cancelled`, ends it by throwing, and the events so
 * far stay good. A study that lacks nothing yields nothing.
 * @throws LabError `cancelled`.
 */
export async function* runStudy(
  options: StudyOptions,
): AsyncGenerator<StudyEvent | StudyProgress, void> {
  const log = new Log(options.events, options.clock);
  const { signal, runners } = options;
  const dispatcher = new Dispatcher(runners, signal, resultsOf(options));
  try {
    for (const fact of opening(log.view, options)) yield log.add(fact);
    yield* measure(log, dispatcher, signal);
    if (!log.view.finished) yield log.add({ type: 'study/finished' });
  } catch (thrown) {
    const error = toErrorRecord(thrown);
    if (error.code === 'cancelled') throw thrown;
    yield log.add({ type: 'study/failed', error });
  } finally {
    await dispatcher.stop();
  }
}

async function* measure(
  log: Log,
  dispatcher: Dispatcher,
  signal: AbortSignal,
): AsyncGenerator<StudyEvent | StudyProgress, void> {
  for (;;) {
    const { view } = log;
    const { config } = view;
    if (!config) throw new LabError('internal', 'The study has no config.');
    const choices = missingChoices(view);
    if (choices.length > 0) {
      yield log.add({ type: 'study/selected', choices });
      continue;
    }
    const named = (job: StudyJob) => ({ key: jobKey(view, job), job });
    const pending = pendingJobs(view).map(named);
    const next = pending[0];
    if (!next) return;
    for (;;) {
      for (const loss of dispatcher.takeLosses()) yield log.add(loss);
      if (signal.aborted) throw studyCancelled();
      const result = dispatcher.take(next.key);
      if (result) {
        yield log.add(placed(result, next.job), jobSteps(config, next.job));
        break;
      }
      dispatcher.start(pending);
      await dispatcher.change();
      const jobs = dispatcher.progress();
      if (jobs.length > 0) yield { kind: 'progress', jobs };
    }
  }
}
