/**
 * The generator that turns a config into events: propose a region, train and rank it, move the
 * strategy, repeat. It continues from any log prefix, and from the middle of a supernet if a
 * checkpoint is at hand. It holds no clock and no state that the log does not hold.
 */
import { supernetCost } from '../core/architecture.ts';
import { toErrorRecord } from '../core/errors.ts';
import { networkShape } from '../core/networkShape.ts';
import { createRandom } from '../core/random.ts';
import type { RunConfig } from '../core/run/config.ts';
import {
  type BackendInfo,
  type GenerationMoved,
  type GenerationRanked,
  type GenerationStarted,
  LOG_VERSION,
  type RunEvent,
} from '../core/run/events.ts';
import { type ExecutorPreference, executorNeeds } from '../core/run/executors.ts';
import { strategyById } from '../core/strategies/registry.ts';
import type { Strategy, StrategyState } from '../core/strategies/types.ts';
import { executorOf, threadsOf } from './executors/choose.ts';
import { type Recover, rankGeneration, type SavedTraining, type Stamp } from './generation.ts';
import type { Training } from './rank.ts';
import type { Gate } from './supernet.ts';
import type { Task } from './task.ts';
import { ENGINE_VERSION } from './version.ts';

export interface SearchOptions {
  readonly config: RunConfig;
  readonly task: Task;
  readonly datasetDigest: string;
  readonly backend: BackendInfo;
  /** What trains the supernets of a new run; the fastest that can unless given. */
  readonly executor?: ExecutorPreference;
  /** Events so far; those after the last complete generation need a checkpoint. */
  readonly events: readonly RunEvent[];
  readonly parent: { readonly run: string; readonly generation: number } | null;
  /** Milliseconds, for display only. */
  readonly clock: () => number;
  readonly gate: Gate;
  readonly onTraining: (training: Training | null) => void;
  readonly checkpoint: SavedTraining | null;
  /** Goes on after an error in training, if it can; without it every error ends the run. */
  readonly recover?: Recover;
}

/** Where a log stands: what the next generation starts from. */
interface Position {
  readonly started: boolean;
  readonly generation: number;
  readonly state: StrategyState | null;
  /** A generation that is proposed but not ranked yet. */
  readonly open: GenerationStarted | null;
  /** Ranked but not moved yet. */
  readonly ranked: GenerationRanked | null;
  readonly at: number;
  readonly wall: number;
}

function positionOf(events: readonly RunEvent[]): Position {
  const last = events[events.length - 1];
  const started = events.findLast((event) => event.type === 'generation/started') ?? null;
  const moved = events.findLast((event) => event.type === 'generation/moved') ?? null;
  const ranked = events.findLast((event) => event.type === 'generation/ranked') ?? null;
  const open = started && started.generation > (moved?.generation ?? -1) ? started : null;
  return {
    started: events.length > 0,
    generation: (moved?.generation ?? -1) + 1,
    state: moved?.after ?? null,
    open,
    ranked: open && ranked?.generation === open.generation ? ranked : null,
    at: last?.at ?? 0,
    wall: last?.wall ?? 0,
  };
}

function movedEvent(
  strategy: Strategy,
  config: RunConfig,
  started: GenerationStarted,
  ranks: readonly (readonly number[])[],
  stamp: Stamp,
): GenerationMoved {
  const { generation, region, strategy: before } = started;
  const random = createRandom(config.search.seed, 'strategy-update', generation);
  const { state: after, move } = strategy.update(before, region, ranks, random);
  return { type: 'generation/moved', ...stamp, generation, ...move, before, after };
}

function startedEvent(
  strategy: Strategy,
  { config, task }: SearchOptions,
  state: StrategyState,
  generation: number,
  stamp: Stamp,
): GenerationStarted {
  const random = createRandom(config.search.seed, 'strategy-propose', generation);
  const { region, origins } = strategy.propose(state, random);
  const shape = networkShape(config, task.shape);
  const { cells, parameters, flopsPerStep } = supernetCost(
    shape,
    region,
    config.supernet.batchSize,
  );
  const cost = { cells, parameters, flopsPerStep };
  return {
    type: 'generation/started',
    ...stamp,
    generation,
    region,
    origins,
    strategy: state,
    cost,
  };
}

/**
 * Runs a search, or goes on with one. Failures end the stream with `run/failed`; a cancelled gate
 * ends it by throwing, so that nothing false enters the log.
 */
export async function* runSearch(options: SearchOptions): AsyncGenerator<RunEvent, void> {
  const { config, clock } = options;
  const position = positionOf(options.events);
  const begun = clock() - position.wall;
  let at = position.at;
  const stamp = (): Stamp => ({ at, wall: Math.round(clock() - begun) });
  try {
    for await (const event of generations(options, position, stamp, (steps) => {
      at = steps;
    })) {
      yield event;
    }
    yield { type: 'run/finished', ...stamp(), generations: config.search.generations };
  } catch (thrown) {
    const error = toErrorRecord(thrown);
    if (error.code === 'cancelled') throw thrown;
    yield { type: 'run/failed', ...stamp(), error };
  }
}

async function* generations(
  options: SearchOptions,
  position: Position,
  stamp: () => Stamp,
  advance: (at: number) => void,
): AsyncGenerator<RunEvent, void> {
  const { config, backend, datasetDigest, parent } = options;
  const [header] = options.events;
  const begun = header?.type === 'run/started' ? header.executor : null;
  const executor = executorOf('run', executorNeeds(options.config), begun, options.executor);
  if (!position.started) {
    yield {
      type: 'run/started',
      ...stamp(),
      version: LOG_VERSION,
      config,
      datasetDigest,
      backend,
      executor,
      threads: threadsOf(executor),
      engineVersion: ENGINE_VERSION,
      parent,
    };
  }
  const strategy = strategyById(config.strategy.id);
  const { stages, vertices, candidates } = config.space;
  const random = createRandom(config.search.seed, 'strategy-init');
  const fresh = () =>
    strategy.init({ stages, vertices, candidates }, config.strategy.options, random);
  let state = position.state ?? fresh();
  let open = position.open;
  let ranked = position.ranked;
  for (let generation = position.generation; generation < config.search.generations; generation++) {
    const started: GenerationStarted =
      open ?? startedEvent(strategy, options, state, generation, stamp());
    if (!open) yield started;
    if (!ranked) {
      for await (const event of rankGeneration({ ...options, executor, stamp }, started)) {
        if (event.type === 'generation/ranked') ranked = event;
        if (event.type === 'supernet/progress') advance(event.at);
        yield event;
      }
    }
    const moved = movedEvent(strategy, config, started, ranked?.ranks ?? [], stamp());
    yield moved;
    state = moved.after;
    open = null;
    ranked = null;
  }
}
