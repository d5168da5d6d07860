/**
 * What a config will cost, before anything is started: from one supernet, or one architecture alone,
 * drawn with the run's seed.
 */
import { type SupernetCost, supernetCost } from '../../core/architecture.ts';
import { regionOf } from '../../core/cellId.ts';
import { sampleDensity } from '../../core/cellSpace.ts';
import type { Job } from '../../core/method/jobs.ts';
import { methodById } from '../../core/method/registry.ts';
import type { MethodType } from '../../core/method/types.ts';
import { createRandom } from '../../core/random.ts';
import { architectureCount } from '../../core/region.ts';
import type { RunConfig } from '../../core/run/config.ts';
import { spaceOf } from '../../core/space/registry.ts';
import { networkShape } from './network.ts';

/** What everything costs together; null where no limit says when the search ends. */
export interface Whole {
  /** Supernets, or architectures alone. */
  readonly trainings: number;
  readonly steps: number;
  readonly flops: number;
}

export interface Estimate {
  readonly kind: MethodType;
  /** Of one training: of a supernet, or of an architecture alone. */
  readonly network: SupernetCost;
  /** Architectures of a region; 1 where they are trained alone. */
  readonly architectures: number;
  /** Of one training. */
  readonly steps: number;
  readonly flops: number;
  readonly whole: Whole | null;
  /** Weights with gradient and two moments, and the activations of a batch. */
  readonly memoryBytes: number;
}

/** One region stands for all: its cells are density draws, as in a first batch. */
function drawnRegion({ space, search }: RunConfig, kind: MethodType) {
  const random = createRandom(search.seed);
  const draw = () => sampleDensity(space.vertices, random).mask;
  const sizes = kind === 'region' ? space.candidates : space.candidates.map(() => 1);
  return regionOf(
    space.vertices,
    sizes.map((length) => Array.from({ length }, draw)),
  );
}

/**
 * How many trainings the first limit allows; null without one. A round of a black-box search may hold
 * any number of them, so its rounds are no limit here.
 */
function trainingsOf({ ranker, search }: RunConfig, kind: MethodType, flops: number) {
  const { generations, macs, evaluations } = search;
  const together = kind === 'region' ? ranker.supernets : 1;
  const limits = [
    // Whatever has begun when the budget ends is brought to its end.
    ...(macs > 0 ? [together * Math.ceil((2 * macs) / (together * flops))] : []),
    ...(kind === 'region' && generations > 0 ? [together * generations] : []),
    ...(kind === 'black-box' && evaluations > 0 ? [evaluations] : []),
  ];
  return limits.length > 0 ? Math.min(...limits) : null;
}

/** Null for a dataset of unknown shape. */
export function estimateCost(config: RunConfig): Estimate | null {
  const shape = networkShape(config);
  if (!shape) return null;
  const { steps, batchSize } = config.supernet;
  const { kind } = methodById(config.method.id).descriptor;
  const region = drawnRegion(config, kind);
  const network = supernetCost(shape, region, batchSize);
  const flops = steps * network.flopsPerStep;
  const trainings = trainingsOf(config, kind, flops);
  return {
    kind,
    network,
    architectures: architectureCount(region),
    steps,
    flops,
    whole: trainings === null ? null : whole(trainings, steps, flops),
    memoryBytes: 16 * network.parameters + network.activationBytes,
  };
}

const whole = (trainings: number, steps: number, flops: number): Whole => ({
  trainings,
  steps: trainings * steps,
  flops: trainings * flops,
});

/** Of what a job trains: a region's supernet, or one architecture. Null for a dataset of unknown shape. */
export function jobCost(job: Job, config: RunConfig): SupernetCost | null {
  const shape = networkShape(config);
  if (!shape) return null;
  const region = job.kind === 'rank' ? job.region : spaceOf(config.space).network(job.id);
  return supernetCost(shape, region, config.supernet.batchSize);
}
