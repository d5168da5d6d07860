/** What a config will cost, before anything is started: from one region drawn with the run's seed. */
import { type SupernetCost, supernetCost } from '../../core/architecture.ts';
import { sampleDensity } from '../../core/cellSpace.ts';
import { createRandom } from '../../core/random.ts';
import type { RunConfig } from '../../core/run/config.ts';
import { networkShape } from './network.ts';

export interface Estimate {
  readonly supernet: SupernetCost;
  /** k^S. */
  readonly architectures: number;
  readonly supernets: number;
  readonly steps: number;
  readonly flops: number;
  /** Weights with gradient and two moments, and the activations of a batch. */
  readonly memoryBytes: number;
}

/** A region stands for all: its cells are density draws, as in a first batch. */
export function estimateCost(config: RunConfig): Estimate | null {
  const shape = networkShape(config);
  if (!shape) return null;
  const { space, supernet, ranker, search } = config;
  const random = createRandom(search.seed);
  const stages = Array.from({ length: space.stages }, () =>
    Array.from({ length: space.candidates }, () => sampleDensity(space.vertices, random).mask),
  );
  const cost = supernetCost(shape, { vertices: space.vertices, stages }, supernet.batchSize);
  const supernets = ranker.supernets * search.generations;
  const steps = supernets * supernet.steps;
  return {
    supernet: cost,
    architectures: space.candidates ** space.stages,
    supernets,
    steps,
    flops: steps * cost.flopsPerStep,
    memoryBytes: 16 * cost.parameters + cost.activationBytes,
  };
}
