/**
 * Many networks at once: architectures trained alone, side by side on the device, each with its own
 * parameters, images, loss and optimiser state, in lockstep. What one learns does not depend on how
 * many others learn beside it.
 */
import type { Plan } from '../../../core/schedule.ts';
import type { Batch, Evaluation, ExecutorOptions, ExecutorState } from '../executor.ts';
import { evaluateOn } from './evaluation.ts';
import { currentGpu, type Gpu } from './gpu.ts';
import type { MemoryLimits } from './memory.ts';
import { isOutOfMemory, modelsThatFit } from './opening.ts';
import { Training } from './training.ts';

/** Bytes that a group of networks may take, unless told otherwise: a browser's GPU is shared. */
const MEMORY = 2 ** 30;

/** Each model has images of its own, and gradients. */
const TRAINING = { training: true, shared: false };

export interface BatchedNetworksInit {
  /** One candidate a stage, all of one shape (`shapeKey`). */
  readonly plans: readonly Plan[];
  /** Flat initial parameters of each. */
  readonly parameters: readonly Float32Array[];
  readonly weights: ExecutorOptions['weights'];
  /** Images of every training batch. */
  readonly batchSize: number;
  /** Bytes that may be taken; 1 GiB unless given. */
  readonly memory?: number;
}

export interface NetworkStatistics {
  /** Means over the steps since the last read; NaN where a training diverged. */
  readonly loss: number;
  readonly accuracy: number;
}

export interface BatchedNetworks {
  /** How many of the plans, from the first, are in training: as many as fit, at least one. */
  readonly count: number;
  /** One step of each network, on a batch of its own. May return before the device has finished. */
  step(batches: readonly Batch[], rate: number): void;
  /** Waits until another step may be submitted. */
  ready(): Promise<void>;
  /** Waits for the device. */
  statistics(): Promise<NetworkStatistics[]>;
  /** Loss and accuracy of each network over the same batches. */
  evaluate(batches: readonly Batch[], between: () => Promise<void>): Promise<Evaluation[]>;
  /** Flat parameters of each network. */
  parameters(): Promise<Float32Array[]>;
  /** One state a network, which any executor of its plan can restore. */
  save(): Promise<ExecutorState[]>;
  restore(states: readonly ExecutorState[]): void;
  dispose(): void;
}

/** How many of the plans, from the first, the current device trains at once; at least one. */
export function networksThatFit(plans: readonly Plan[], batchSize: number): number {
  return modelsThatFit(plans, TRAINING, batchSize, within(currentGpu(), MEMORY));
}

function within(gpu: Gpu, memory: number): MemoryLimits {
  return { ...gpu.limits, total: memory };
}

/**
 * Puts as many of the networks on the device as fit: halves their number, then the batch.
 * @throws LabError `out-of-memory` if not even one network with a part of a batch fits, with what
 * would; `backend-unavailable`, `device-lost`, `backend-wrong`.
 */
export async function createBatchedNetworks(init: BatchedNetworksInit): Promise<BatchedNetworks> {
  const gpu = currentGpu();
  const { plans, parameters, weights, batchSize, memory = MEMORY } = init;
  const limits = within(gpu, memory);
  const options: ExecutorOptions = {
    weights,
    alpha: { optimiser: 'sgd', momentum: 0, order: 'joint' },
    sampling: 'softmax',
    temperature: 1,
  };
  for (
    let count = modelsThatFit(plans, TRAINING, batchSize, limits);
    ;
    count = Math.ceil(count / 2)
  ) {
    const models = plans.slice(0, count).map((plan, i) => ({
      plan,
      parameters: parameters[i] ?? new Float32Array(plan.parameterCount),
      alpha: new Float32Array(plan.stages.length),
    }));
    const training = new Training({ gpu, models, options, limits, mayCut: count === 1 });
    try {
      await training.prepare(batchSize, false);
      return new Networks(gpu, training, limits);
    } catch (thrown) {
      training.dispose();
      if (!isOutOfMemory(thrown) || count === 1) throw thrown;
    }
  }
}

class Networks implements BatchedNetworks {
  readonly count: number;
  private readonly gpu: Gpu;
  private readonly training: Training;
  private readonly limits: MemoryLimits;

  constructor(gpu: Gpu, training: Training, limits: MemoryLimits) {
    this.gpu = gpu;
    this.training = training;
    this.limits = limits;
    this.count = training.plans.length;
  }

  step(batches: readonly Batch[], rate: number): void {
    const noise = new Float32Array(0);
    const { training } = this;
    training.step({ batches, rate, alphaRate: 0, noise, validation: null, average: false });
  }

  ready(): Promise<void> {
    return this.training.ready();
  }

  async statistics(): Promise<NetworkStatistics[]> {
    const { models, counts } = await this.training.read();
    const { steps, images } = counts;
    return models.map(({ lossSum, correct }) => ({
      loss: steps ? lossSum / steps : 0,
      accuracy: images ? correct / images : 0,
    }));
  }

  async evaluate(batches: readonly Batch[], between: () => Promise<void>): Promise<Evaluation[]> {
    const { plans } = this.training;
    const whole = plans[0]?.stages.map(() => [1]) ?? [];
    const results = await evaluateOn({
      gpu: this.gpu,
      plans,
      parameters: await this.training.parameters(),
      batches,
      mixtures: [whole],
      limits: this.limits,
      between,
    });
    return results[0] ?? [];
  }

  parameters(): Promise<Float32Array[]> {
    return this.training.parameters();
  }

  save(): Promise<ExecutorState[]> {
    return this.training.save();
  }

  restore(states: readonly ExecutorState[]): void {
    this.training.restore(states);
  }

  dispose(): void {
    this.training.dispose();
  }
}
