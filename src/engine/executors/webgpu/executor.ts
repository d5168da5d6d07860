/**
 * The executor for WebGPU: our own kernels, all candidates of a stage and level in one dispatch. One
 * supernet (or network) is one model of a training.
 */
import { softmax } from '../../../core/ranks.ts';
import type { Plan } from '../../../core/schedule.ts';
import type {
  Batch,
  Evaluation,
  Executor,
  ExecutorInit,
  ExecutorState,
  StepControl,
  StepStatistics,
} from '../executor.ts';
import { evaluateOn } from './evaluation.ts';
import { currentGpu, type Gpu } from './gpu.ts';
import type { MemoryLimits } from './memory.ts';
import { Training } from './training.ts';

export interface WebGpuExecutorInit extends ExecutorInit {
  /** Less than what the device allows. */
  readonly limits?: MemoryLimits;
}

/** @throws LabError `backend-unavailable` unless WebGPU is the current backend. */
export function createWebGpuExecutor(init: WebGpuExecutorInit): Executor {
  return new WebGpuExecutor(init);
}

const softmaxRow = (logits: Float32Array): number[] => softmax([...logits]).map(Math.fround);

class WebGpuExecutor implements Executor {
  readonly plan: Plan;
  private readonly gpu: Gpu;
  private readonly limits: MemoryLimits;
  private readonly training: Training;

  constructor({ plan, options, parameters, alpha, limits }: WebGpuExecutorInit) {
    this.plan = plan;
    this.gpu = currentGpu();
    this.limits = limits ?? this.gpu.limits;
    this.training = new Training({
      gpu: this.gpu,
      models: [{ plan, parameters, alpha }],
      options,
      limits: this.limits,
      mayCut: true,
    });
  }

  step(batch: Batch, control: StepControl): void {
    const validation = control.validation ? [control.validation] : null;
    this.training.step({ ...control, batches: [batch], validation });
  }

  ready(): Promise<void> {
    return this.training.ready();
  }

  private perStage<T>(flat: Float32Array, read: (own: Float32Array) => T): T[] {
    return this.training.layout.rows.map(([first, count]) =>
      read(flat.subarray(first, first + count)),
    );
  }

  async statistics(): Promise<StepStatistics> {
    const { training } = this;
    const { models, counts } = await training.read();
    const { steps, images, averaged } = counts;
    const [reading] = models;
    if (!reading) throw new RangeError('The training has no model.');
    const weights = this.perStage(reading.alpha, softmaxRow);
    const mean = (own: Float32Array) => Array.from(own, (sum) => sum / averaged);
    return {
      loss: steps ? reading.lossSum / steps : 0,
      accuracy: images ? reading.correct / images : 0,
      weights,
      averaged: averaged ? this.perStage(reading.alphaSum, mean) : weights,
    };
  }

  async evaluate(
    batches: readonly Batch[],
    mixtures: readonly (readonly (readonly number[])[])[],
    between: () => Promise<void>,
  ): Promise<Evaluation[]> {
    const { gpu, plan, limits } = this;
    const parameters = await this.training.parameters();
    const results = await evaluateOn({
      gpu,
      plans: [plan],
      parameters,
      batches,
      mixtures,
      limits,
      between,
    });
    return results.flat();
  }

  async save(): Promise<ExecutorState> {
    const [state] = await this.training.save();
    return state ?? {};
  }

  restore(state: ExecutorState): void {
    this.training.restore([state]);
  }

  dispose(): void {
    this.training.dispose();
  }
}
