/**
 * Trains and ranks the region of one generation, as events. When the GPU is lost on the way it goes
 * on from what was saved last: steps are done again, but not told again.
 */

import { choiceMasks, kBest } from '../core/region.ts';
import type { RunConfig } from '../core/run/config.ts';
import type {
  DeviceLost,
  GenerationRanked,
  GenerationStarted,
  SupernetProgress,
  TrainingPlace,
} from '../core/run/events.ts';
import { type ExecutorId, executorNeeds } from '../core/run/executors.ts';
import { isAfter } from '../core/run/history.ts';
import { executorOf } from './executors/choose.ts';
import { planOf } from './plan.ts';
import { type Interruption, type Ranking, rankRegion, type Training } from './rank.ts';
import type { Gate } from './supernet.ts';
import type { Task } from './task.ts';

/** How many of the best architectures a `generation/ranked` event lists. */
const BEST_LISTED = 12;

export type Stamp = { readonly at: number; readonly wall: number };

/** A supernet in the middle of training, with its generation. */
export interface SavedTraining extends Interruption {
  readonly generation: number;
}

/** What a training that lost its device goes on with. */
export interface Recovered {
  /** What the device said. */
  readonly message: string;
  /** What was saved last, if anything was. */
  readonly checkpoint: SavedTraining | null;
}

/**
 * Asked when training or ranking threw: makes the device ready again and says from where to go on,
 * or throws what ends the run.
 */
export type Recover = (thrown: unknown) => Promise<Recovered>;

export interface GenerationContext {
  readonly config: RunConfig;
  readonly task: Task;
  readonly gate: Gate;
  readonly onTraining: (training: Training | null) => void;
  readonly checkpoint: SavedTraining | null;
  /** Without it every error ends the run. */
  readonly recover?: Recover;
  readonly executor: ExecutorId;
  readonly stamp: () => Stamp;
}

type GenerationEvent = SupernetProgress | GenerationRanked | DeviceLost;

const START: TrainingPlace = { supernet: 0, step: 0 };

const placeOf = ({ supernet, step }: TrainingPlace): TrainingPlace => ({ supernet, step });

function rankedEvent(
  ranking: Ranking,
  config: RunConfig,
  { generation, region }: GenerationStarted,
  stamp: Stamp,
): GenerationRanked {
  const { weights, ranks, loss, accuracy, steps } = ranking;
  const best = kBest(ranks, BEST_LISTED).map(({ choice, score }) => ({
    choice,
    masks: choiceMasks(region, choice),
    score,
  }));
  const ranker = config.ranker.id;
  return {
    type: 'generation/ranked',
    ...stamp,
    generation,
    ranker,
    weights,
    ranks,
    best,
    loss,
    accuracy,
    steps,
  };
}

/** One try, from a checkpoint or from the start. */
async function* attempt(
  context: GenerationContext,
  started: GenerationStarted,
  resume: SavedTraining | null,
): AsyncGenerator<SupernetProgress | GenerationRanked, void> {
  const { config, task, gate, onTraining, executor, stamp } = context;
  const { generation, region } = started;
  const { steps } = config.supernet;
  const plan = planOf(config, task.shape, region);
  let lastWall = stamp().wall;
  let lastStep = resume?.step ?? 0;
  for await (const part of rankRegion({
    plan,
    task,
    config,
    generation,
    gate,
    onTraining,
    resume,
    executor,
  })) {
    if (part.kind === 'ranked') {
      yield rankedEvent(part.ranking, config, started, stamp());
      return;
    }
    const { supernet, report } = part;
    const { wall } = stamp();
    const since = report.step > lastStep ? report.step - lastStep : report.step;
    yield {
      type: 'supernet/progress',
      at: started.at + supernet * steps + report.step,
      wall,
      generation,
      supernet,
      step: report.step,
      steps,
      epoch: report.epoch,
      loss: report.loss,
      accuracy: report.accuracy,
      weights: report.weights,
      alphaMoves: report.alphaMoves,
      wallPerStep: (wall - lastWall) / since,
    };
    lastWall = wall;
    lastStep = report.step;
  }
}

/**
 * Events of one generation between its start and its move.
 * @throws whatever training throws, unless `recover` makes it good.
 */
export async function* rankGeneration(
  context: GenerationContext,
  started: GenerationStarted,
): AsyncGenerator<GenerationEvent, void> {
  const { generation } = started;
  const fitting = (saved: SavedTraining | null) =>
    saved?.generation === generation ? saved : null;
  let resume = fitting(context.checkpoint);
  let told = START;
  let reached = resume ? placeOf(resume) : START;
  const onTraining = (training: Training | null) => {
    if (training) reached = placeOf(training);
    context.onTraining(training);
  };
  for (;;) {
    try {
      for await (const event of attempt({ ...context, onTraining }, started, resume)) {
        if (event.type === 'supernet/progress') {
          reached = placeOf(event);
          if (!isAfter(event, told)) continue;
          told = reached;
        }
        yield event;
      }
      return;
    } catch (thrown) {
      if (!context.recover) throw thrown;
      const { message, checkpoint } = await context.recover(thrown);
      // The new device must do what the old one did: a log is never a mix of two executors.
      executorOf('run', executorNeeds(context.config), context.executor);
      resume = fitting(checkpoint);
      const from = resume ? placeOf(resume) : START;
      yield { type: 'device/lost', ...context.stamp(), generation, ...reached, message, from };
    }
  }
}
