/**
 * Does the jobs of a round, as events. When the GPU is lost on the way a job goes on from what was saved
 * last: steps are done again, but not told again.
 */
import { supernetCost } from '../core/architecture.ts';
import type { Cost, EvaluateJob, Job, JobResult, RankJob } from '../core/method/jobs.ts';
import { NO_COST } from '../core/method/jobs.ts';
import { networkShape } from '../core/networkShape.ts';
import { choiceParts, kBest, type Region } from '../core/region.ts';
import type { RunConfig } from '../core/run/config.ts';
import type {
  DeviceLost,
  JobFinished,
  JobProgress,
  RoundStarted,
  TrainingPlace,
} from '../core/run/events.ts';
import { type ExecutorId, executorNeeds } from '../core/run/executors.ts';
import { isAfter } from '../core/run/history.ts';
import type { ArchitectureId, PartId } from '../core/space/ids.ts';
import type { Space } from '../core/space/types.ts';
import { trainAlone } from './evaluate.ts';
import { executorOf } from './executors/choose.ts';
import { planOf } from './plan.ts';
import { type Interruption, type Ranking, rankRegion, type Training } from './rank.ts';
import type { Gate } from './supernet.ts';
import { EVALUATION_BATCH, type Task } from './task.ts';

/** How many of the best architectures a result lists. */
const BEST_LISTED = 12;

export type Stamp = { readonly at: number; readonly wall: number };

/** A training that was interrupted, with its round and job. */
export interface SavedTraining extends Interruption {
  readonly round: number;
  readonly job: number;
}

/** What a training that lost its device goes on with. */
export interface Recovered {
  /** What the device said. */
  readonly message: string;
  /** What was saved last, if anything was. */
  readonly checkpoint: SavedTraining | null;
}

/**
 * Asked when a job threw: makes the device ready again and says from where to go on, or throws what
 * ends the run.
 */
export type Recover = (thrown: unknown) => Promise<Recovered>;

export interface RoundContext {
  readonly config: RunConfig;
  readonly space: Space;
  readonly task: Task;
  readonly gate: Gate;
  readonly onTraining: (training: Training | null) => void;
  readonly checkpoint: SavedTraining | null;
  /** Without it every error ends the run. */
  readonly recover?: Recover;
  readonly executor: ExecutorId;
  /** Where the log stands now. */
  readonly stamp: () => Stamp;
}

/** A job that is under way: its place in the round, and the steps told before it. */
interface Position {
  readonly round: number;
  readonly job: number;
  readonly at: number;
}

/** What a training says of itself, before it has a place and a time. */
type Report = Pick<JobProgress, 'supernet' | 'step' | 'epoch' | 'loss' | 'accuracy'> &
  (
    | { readonly kind: 'rank'; readonly weights: Ranking['weights']; readonly alphaMoves: boolean }
    | { readonly kind: 'evaluate' }
  );

interface Done {
  readonly result: JobResult;
  readonly cost: Cost;
}

type Attempt = AsyncGenerator<Report, Done>;

const sizeOf = (config: RunConfig, { shape }: Task, region: Region) =>
  supernetCost(networkShape(config, shape), region, config.supernet.batchSize);

/** Images that are left over where they do not share out evenly into batches are not seen. */
const imagesIn = (batches: readonly { readonly labels: Uint8Array }[]) =>
  batches.reduce((sum, { labels }) => sum + labels.length, 0);

async function* rankAttempt(
  { region }: RankJob,
  { config, space, task, gate, onTraining, executor }: RoundContext,
  { round, job }: Position,
  resume: SavedTraining | null,
): Attempt {
  const parts = rankRegion({
    plan: planOf(config, task.shape, region),
    task,
    config,
    generation: round,
    gate,
    onTraining: (training) => onTraining(training && { round, job, ...training }),
    resume,
    executor,
    networks: { region, shape: networkShape(config, task.shape) },
  });
  for await (const part of parts) {
    if (part.kind === 'progress') {
      const { step, epoch, loss, accuracy, weights, alphaMoves } = part.report;
      const { supernet } = part;
      yield { kind: 'rank', supernet, step, epoch, loss, accuracy, weights, alphaMoves };
      continue;
    }
    const { weights, ranks, loss, accuracy, steps, macs } = part.ranking;
    const assemble = (cells: readonly PartId[]): ArchitectureId => {
      if (space.parts) return space.parts.assemble(cells);
      throw new Error(`The space ${space.descriptor.id} has no parts.`);
    };
    const best = kBest(ranks, BEST_LISTED).map(({ choice, score }) => ({
      choice,
      id: assemble(choiceParts(region, choice)),
      score,
    }));
    const trained = (sizeOf(config, task, region).flopsPerStep / 2) * steps;
    return {
      result: { kind: 'rank', ranker: config.ranker.id, weights, ranks, best, loss, accuracy },
      cost: { steps, macs: trained + macs, evaluations: 0 },
    };
  }
  throw new Error('The ranking ended without a result.');
}

async function* evaluateAttempt(
  { id, steps, seed }: EvaluateJob,
  { config, space, task, gate, onTraining, executor }: RoundContext,
  { round, job }: Position,
  resume: SavedTraining | null,
): Attempt {
  let done = 0;
  const training = trainAlone({ config, architecture: id, seed, steps }, task, gate, {
    executor,
    images: 'validation',
    resume,
    onStep(at) {
      if (at) done = at.step + 1;
      onTraining(at && { round, job, supernet: 0, ...at });
    },
  });
  const stepsPerEpoch = Math.max(
    1,
    Math.floor(config.task.trainImages / config.supernet.batchSize),
  );
  let next = await training.next();
  while (!next.done) {
    const { step, loss, accuracy } = next.value;
    const epoch = Math.floor((step - 1) / stepsPerEpoch);
    yield { kind: 'evaluate', supernet: 0, step, epoch, loss, accuracy };
    next = await training.next();
  }
  const { loss, accuracy, diverged } = next.value;
  const { flops, flopsPerStep } = sizeOf(config, task, space.network(id));
  const measured = diverged === null ? imagesIn(task.validationBatches(EVALUATION_BATCH)) : 0;
  return {
    result: { kind: 'evaluate', loss, accuracy, diverged, known: false },
    cost: {
      steps: done,
      macs: (flopsPerStep * done + flops * measured) / 2,
      evaluations: 1,
    },
  };
}

function attempt(
  job: Job,
  context: RoundContext,
  position: Position,
  resume: SavedTraining | null,
): Attempt {
  return job.kind === 'rank'
    ? rankAttempt(job, context, position, resume)
    : evaluateAttempt(job, context, position, resume);
}

/** One try of a job, from a checkpoint or from its start, with places and times. */
async function* placed(
  job: Job,
  context: RoundContext,
  position: Position,
  resume: SavedTraining | null,
): AsyncGenerator<JobProgress, Done> {
  const { stamp, config } = context;
  const steps = job.kind === 'rank' ? config.supernet.steps : job.steps;
  let lastWall = stamp().wall;
  let lastStep = resume?.step ?? 0;
  const reports = attempt(job, context, position, resume);
  let next = await reports.next();
  while (!next.done) {
    const report = next.value;
    const { wall } = stamp();
    const since = report.step > lastStep ? report.step - lastStep : report.step;
    yield {
      type: 'job/progress',
      at: position.at + report.supernet * steps + report.step,
      wall,
      round: position.round,
      job: position.job,
      steps,
      ...report,
      wallPerStep: (wall - lastWall) / since,
    };
    lastWall = wall;
    lastStep = report.step;
    next = await reports.next();
  }
  return next.value;
}

const placeOf = ({ job, supernet, step }: TrainingPlace): TrainingPlace => ({
  job,
  supernet,
  step,
});

/** Does a job to its end, through any loss of the device that can be made good. */
async function* runJob(
  job: Job,
  context: RoundContext,
  position: Position,
): AsyncGenerator<JobProgress | DeviceLost, Done> {
  const { round } = position;
  const start: TrainingPlace = { job: position.job, supernet: 0, step: 0 };
  const fitting = (saved: SavedTraining | null) =>
    saved?.round === round && saved.job === position.job ? saved : null;
  let resume = fitting(context.checkpoint);
  let told = start;
  let reached = resume ? placeOf(resume) : start;
  const onTraining = (training: Training | null) => {
    if (training) reached = placeOf(training);
    context.onTraining(training);
  };
  for (;;) {
    try {
      const events = placed(job, { ...context, onTraining }, position, resume);
      let next = await events.next();
      while (!next.done) {
        reached = placeOf(next.value);
        if (isAfter(next.value, told)) {
          told = reached;
          yield next.value;
        }
        next = await events.next();
      }
      return next.value;
    } catch (thrown) {
      if (!context.recover) throw thrown;
      const { message, checkpoint } = await context.recover(thrown);
      // The new device must do what the old one did: a log is never a mix of two executors.
      executorOf('run', executorNeeds(context.config), context.executor);
      resume = fitting(checkpoint);
      const from = resume ? placeOf(resume) : start;
      yield { type: 'device/lost', ...context.stamp(), round, ...reached, message, from };
    }
  }
}

/**
 * Events of one job, the last of them its result. `at`: training steps before it. `known` is a result
 * that the run has already: it costs nothing to say it again.
 * @throws whatever training throws, unless `recover` makes it good.
 */
export async function* jobEvents(
  started: RoundStarted,
  index: number,
  at: number,
  known: JobResult | null,
  context: RoundContext,
): AsyncGenerator<JobProgress | DeviceLost | JobFinished, void> {
  const job = started.jobs[index];
  if (!job) throw new Error(`Round ${started.round} has no job ${index}.`);
  const { round } = started;
  const done = known
    ? { result: known, cost: NO_COST }
    : yield* runJob(job, context, { round, job: index, at });
  const { wall } = context.stamp();
  yield { type: 'job/finished', wall, at: at + done.cost.steps, round, job: index, ...done };
}
