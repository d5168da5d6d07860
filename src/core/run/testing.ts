/** Synthetic logs for tests: the right shapes, made-up numbers, no training. */
import { chainId, regionOf } from '../cellId.ts';
import type { RankResult } from '../method/jobs.ts';
import { choiceParts, type Region } from '../region.ts';
import type { RunConfig } from './config.ts';
import {
  type JobFinished,
  LOG_VERSION,
  type RankProgress,
  type RoundFinished,
  type RoundStarted,
  type RunEvent,
  type RunLog,
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

const fill = <T>({ space }: RunConfig, make: (stage: number, candidate: number) => T) =>
  space.candidates.map((count, stage) =>
    Array.from({ length: count }, (_, candidate) => make(stage, candidate)),
  );

function weightsAt(config: RunConfig, round: number, step: number, salt: number): number[][] {
  return fill(
    config,
    (s, i) => 1 + Math.abs(Math.sin(1 + round * 7 + step + s * 3 + i + salt)),
  ).map((row) => {
    const sum = row.reduce((total, value) => total + value, 0);
    return row.map((value) => value / sum);
  });
}

function thetaAt({ space }: RunConfig, round: number): number[][] {
  const edges = (space.vertices * (space.vertices - 1)) / 2;
  return Array.from({ length: space.stages }, (_, s) =>
    Array.from({ length: edges }, (__, e) => 0.5 + 0.01 * round * (s + e + 1)),
  );
}

const regionAt = (config: RunConfig, round: number): Region =>
  regionOf(
    config.space.vertices,
    fill(config, (s, i) => (round + s + i) % 8),
  );

const stepsOf = ({ supernet, ranker }: RunConfig) => supernet.steps * ranker.supernets;

/** `round/started` with one region. */
export function startedEvent(config: RunConfig, round: number): RoundStarted {
  const each = stepsOf(config);
  return {
    type: 'round/started',
    at: round * each,
    wall: round * each * 10,
    round,
    jobs: [
      {
        kind: 'rank',
        region: regionAt(config, round),
        origins: fill(config, () => ({ kind: 'initial', parents: [], values: { density: 0.5 } })),
      },
    ],
  };
}

/** `job/progress` of a supernet after `step` steps. */
export function progressEvent(
  config: RunConfig,
  round: number,
  step: number,
  options: {
    readonly supernet?: number;
    readonly salt?: number;
    readonly wallPerStep?: number;
  } = {},
): RankProgress {
  const { supernet = 0, salt = 0, wallPerStep = 10 } = options;
  const { steps } = config.supernet;
  const at = (round * config.ranker.supernets + supernet) * steps + step;
  return {
    type: 'job/progress',
    kind: 'rank',
    at,
    wall: at * wallPerStep,
    round,
    job: 0,
    supernet,
    step,
    steps,
    epoch: step / 10,
    loss: 2.3 / step,
    accuracy: 0.1,
    weights: weightsAt(config, round, step, salt),
    alphaMoves: step > steps / 2,
    wallPerStep,
  };
}

/** `job/finished` and `round/finished`. */
export function endEvents(
  config: RunConfig,
  round: number,
  salt = 0,
): [JobFinished, RoundFinished] {
  const at = (round + 1) * stepsOf(config);
  const weights = weightsAt(config, round, config.supernet.steps, salt);
  const region = regionAt(config, round);
  const choice = region.map(() => 0);
  const id = chainId(choiceParts(region, choice));
  const result: RankResult = {
    kind: 'rank',
    ranker: config.ranker.id,
    weights,
    ranks: weights.map((row) => row.map(Math.log)),
    best: [{ choice, id, score: -1 }],
    loss: 1,
    accuracy: 0.5,
  };
  const stamp = { at, wall: at * 10, round };
  const cost = { steps: stepsOf(config), macs: 1e6, evaluations: 0 };
  const note = {
    theta: thetaAt(config, round + 1),
    gradient: thetaAt(config, round),
    utilities: weights,
  };
  return [
    { type: 'job/finished', ...stamp, job: 0, result, cost },
    { type: 'round/finished', ...stamp, note, incumbent: { id, accuracy: null } },
  ];
}

function trainingEvents(config: RunConfig, round: number, options: SyntheticOptions): RunEvent[] {
  const events: RunEvent[] = [];
  for (let supernet = 0; supernet < config.ranker.supernets; supernet++) {
    for (let step = 1; step <= config.supernet.steps; step++) {
      events.push(progressEvent(config, round, step, { ...options, supernet }));
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
  for (let round = 0; round < generations; round++) {
    events.push(startedEvent(config, round));
    events.push(...trainingEvents(config, round, options));
    events.push(...endEvents(config, round, salt));
  }
  if (partialSteps > 0) {
    events.push(startedEvent(config, generations));
    events.push(...trainingEvents(config, generations, options).slice(0, partialSteps));
  }
  const last = events.at(-1);
  if (options.finished) {
    const rounds = generations;
    events.push({ type: 'run/finished', at: last?.at ?? 0, wall: last?.wall ?? 0, rounds });
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
