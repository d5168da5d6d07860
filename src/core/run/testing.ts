/** Synthetic logs for tests: the right shapes, made-up numbers, no training. */
import type { Region } from '../region.ts';
import type { StrategyState } from '../strategies/types.ts';
import type { RunConfig } from './config.ts';
import {
  type GenerationMoved,
  type GenerationRanked,
  type GenerationStarted,
  LOG_VERSION,
  type RunEvent,
  type RunLog,
  type SupernetProgress,
} from './events.ts';
import { PRESETS } from './presets.ts';

export interface SyntheticOptions {
  readonly config?: RunConfig;
  /** Complete generations. */
  readonly generations?: number;
  /** Steps into one more generation, without its end. */
  readonly partialSteps?: number;
  readonly finished?: boolean;
  /** Changes the made-up numbers. */
  readonly salt?: number;
  readonly wallPerStep?: number;
}

const smoke = PRESETS.find((preset) => preset.id === 'smoke');

/** The smallest preset, with short training. */
export function syntheticConfig(steps = 4): RunConfig {
  const config = smoke?.config;
  if (!config) throw new Error('no smoke preset');
  return { ...config, supernet: { ...config.supernet, steps, reportEvery: 1 } };
}

const fill = <T>(config: RunConfig, make: (stage: number, candidate: number) => T) =>
  Array.from({ length: config.space.stages }, (_, stage) =>
    Array.from({ length: config.space.candidates }, (__, candidate) => make(stage, candidate)),
  );

function weightsAt(config: RunConfig, generation: number, step: number, salt: number): number[][] {
  return fill(
    config,
    (s, i) => 1 + Math.abs(Math.sin(1 + generation * 7 + step + s * 3 + i + salt)),
  ).map((row) => {
    const sum = row.reduce((total, value) => total + value, 0);
    return row.map((value) => value / sum);
  });
}

function stateAt(config: RunConfig, generation: number): StrategyState {
  const { vertices, stages, candidates } = config.space;
  const edges = (vertices * (vertices - 1)) / 2;
  return {
    space: { vertices, stages, candidates },
    options: config.strategy.options,
    generation,
    theta: Array.from({ length: stages }, (_, s) =>
      Array.from({ length: edges }, (__, e) => 0.5 + 0.01 * generation * (s + e + 1)),
    ),
    elites: Array.from({ length: stages }, () => []),
  };
}

const regionAt = (config: RunConfig, generation: number): Region => ({
  vertices: config.space.vertices,
  stages: fill(config, (s, i) => (generation + s + i) % 8),
});

/** `generation/started`. */
export function startedEvent(config: RunConfig, generation: number): GenerationStarted {
  const each = config.supernet.steps * config.ranker.supernets;
  return {
    type: 'generation/started',
    at: generation * each,
    wall: generation * each * 10,
    generation,
    region: regionAt(config, generation),
    origins: fill(config, () => ({ kind: 'initial' as const, density: 0.5 })),
    strategy: stateAt(config, generation),
    cost: { cells: 4, parameters: 100, flopsPerStep: 1000 },
  };
}

/** `supernet/progress` after `step` steps. */
export function progressEvent(
  config: RunConfig,
  generation: number,
  step: number,
  options: {
    readonly supernet?: number;
    readonly salt?: number;
    readonly wallPerStep?: number;
  } = {},
): SupernetProgress {
  const { supernet = 0, salt = 0, wallPerStep = 10 } = options;
  const { steps } = config.supernet;
  const at = (generation * config.ranker.supernets + supernet) * steps + step;
  return {
    type: 'supernet/progress',
    at,
    wall: at * wallPerStep,
    generation,
    supernet,
    step,
    steps,
    epoch: step / 10,
    loss: 2.3 / step,
    accuracy: 0.1,
    weights: weightsAt(config, generation, step, salt),
    alphaMoves: step > steps / 2,
    wallPerStep,
  };
}

/** `generation/ranked` and `generation/moved`. */
export function endEvents(
  config: RunConfig,
  generation: number,
  salt = 0,
): [GenerationRanked, GenerationMoved] {
  const each = config.supernet.steps * config.ranker.supernets;
  const at = (generation + 1) * each;
  const weights = weightsAt(config, generation, config.supernet.steps, salt);
  const ranks = weights.map((row) => row.map(Math.log));
  const masks = regionAt(config, generation).stages.map((row) => row[0] ?? 0);
  const ranked: GenerationRanked = {
    type: 'generation/ranked',
    at,
    wall: at * 10,
    generation,
    ranker: config.ranker.id,
    weights,
    ranks,
    best: [{ choice: masks.map(() => 0), masks, score: -1 }],
    loss: 1,
    accuracy: 0.5,
    steps: config.supernet.steps,
  };
  const moved: GenerationMoved = {
    type: 'generation/moved',
    at,
    wall: at * 10,
    generation,
    gradient: stateAt(config, generation).theta,
    utilities: weights,
    before: stateAt(config, generation),
    after: stateAt(config, generation + 1),
  };
  return [ranked, moved];
}

function trainingEvents(
  config: RunConfig,
  generation: number,
  options: SyntheticOptions,
): RunEvent[] {
  const events: RunEvent[] = [];
  for (let supernet = 0; supernet < config.ranker.supernets; supernet++) {
    for (let step = 1; step <= config.supernet.steps; step++) {
      events.push(progressEvent(config, generation, step, { ...options, supernet }));
    }
  }
  return events;
}

/** All events of a made-up run. */
export function syntheticEvents(options: SyntheticOptions = {}): RunEvent[] {
  const { config = syntheticConfig(), generations = 2, partialSteps = 0, salt = 0 } = options;
  const events: RunEvent[] = [
    {
      type: 'run/started',
      at: 0,
      wall: 0,
      version: LOG_VERSION,
      config,
      datasetDigest: 'ab'.repeat(32),
      backend: { name: 'cpu', adapter: 'test', reason: 'a test' },
      executor: 'stock',
      threads: 1,
      engineVersion: 'test',
      parent: null,
    },
  ];
  for (let generation = 0; generation < generations; generation++) {
    events.push(startedEvent(config, generation));
    events.push(...trainingEvents(config, generation, options));
    events.push(...endEvents(config, generation, salt));
  }
  if (partialSteps > 0) {
    events.push(startedEvent(config, generations));
    events.push(...trainingEvents(config, generations, options).slice(0, partialSteps));
  }
  const last = events.at(-1);
  if (options.finished) {
    events.push({ type: 'run/finished', at: last?.at ?? 0, wall: last?.wall ?? 0, generations });
  }
  return events;
}

/** A made-up run with its name. */
export function syntheticLog(options: SyntheticOptions = {}, id = 'run-1'): RunLog {
  return {
    id,
    title: 'A made-up run',
    createdAt: '2026-01-01T00:00:00.000Z',
    events: syntheticEvents(options),
  };
}
