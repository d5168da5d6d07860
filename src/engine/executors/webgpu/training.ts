/**
 * Models in training: networks or supernets of one shape, side by side, with everything on the device.
 * Steps are submitted as they come. While the kernels compile and the buffers of a batch size are
 * made, steps wait in line; whoever reads waits for them.
 */
import { LabError } from '../../../core/errors.ts';
import type { Plan } from '../../../core/schedule.ts';
import type { Batch, ExecutorOptions, ExecutorState } from '../executor.ts';
import { type Common, prepareCommon } from './common.ts';
import { adamCorrections, type Control, encodeControl, IDLE } from './control.ts';
import { feed } from './feed.ts';
import type { Dispatch, Gpu } from './gpu.ts';
import { compileLayout, type Layout } from './layout.ts';
import type { MemoryLimits } from './memory.ts';
import { type ModelInit, type ModelReading, ModelStore } from './modelStore.ts';
import { openWorkspace } from './opening.ts';
import type { Workspace } from './workspace.ts';

export interface TrainingInit {
  readonly gpu: Gpu;
  readonly models: readonly ModelInit[];
  readonly options: ExecutorOptions;
  readonly limits: MemoryLimits;
  /** Whether a batch may be cut into parts to fit. */
  readonly mayCut: boolean;
}

/** One step: a batch for each model, or one for all. */
export interface TrainingStep {
  readonly batches: readonly Batch[];
  readonly rate: number;
  readonly alphaRate: number;
  /** Model after model. */
  readonly noise: Float32Array;
  readonly validation: readonly Batch[] | null;
  readonly average: boolean;
}

interface Job extends TrainingStep {
  readonly corrections: readonly [number, number];
  readonly alphaCorrections: readonly [number, number];
}

export interface StepCounts {
  /** Steps and images since the last read. */
  readonly steps: number;
  readonly images: number;
  /** Steps in all: those averaged, those of the weights, those of alpha. */
  readonly averaged: number;
  readonly weights: number;
  readonly alpha: number;
}

/** Steps that may be under way on the device. */
const QUEUE = 3;

const sizeOf = (batches: readonly Batch[] | null) => batches?.[0]?.labels.length ?? 0;

export class Training {
  readonly layout: Layout;
  readonly plans: readonly Plan[];
  private counts: StepCounts = { steps: 0, images: 0, averaged: 0, weights: 0, alpha: 0 };
  private readonly init: TrainingInit;
  private readonly gpu: Gpu;
  private readonly store: ModelStore;
  private readonly common: Promise<Common>;
  private prepared: Common | null = null;
  private workspace: Workspace | null = null;
  /** Batch size and number of batches that the workspace is for. */
  private workspaceFor = '';
  private jobs: Job[] = [];
  private draining: Promise<void> | null = null;
  private failure: LabError | null = null;
  /** Steps that the device has not finished, the oldest first. */
  private flights: Promise<unknown>[] = [];

  constructor(init: TrainingInit) {
    const { gpu, models, options } = init;
    this.init = init;
    this.gpu = gpu;
    this.plans = models.map((model) => model.plan);
    this.layout = compileLayout(this.plans);
    this.store = new ModelStore(gpu, this.layout, models, options);
    this.common = prepareCommon(gpu, this.layout, this.store.state, options);
    // Whoever waits for the training sees the error; nobody else needs to.
    this.common.catch(() => undefined);
  }

  /** Takes a step as soon as the device is ready for it. @throws what went wrong since the last one. */
  step(step: TrainingStep): void {
    this.check();
    const { steps, images, averaged, weights, alpha } = this.counts;
    this.counts = {
      steps: steps + 1,
      images: images + sizeOf(step.batches),
      averaged: averaged + (step.average ? 1 : 0),
      weights: weights + 1,
      alpha: alpha + (step.alphaRate > 0 ? 1 : 0),
    };
    const job: Job = {
      ...step,
      corrections: adamCorrections(this.counts.weights),
      alphaCorrections: adamCorrections(Math.max(1, this.counts.alpha)),
    };
    if (!this.draining && this.prepared && this.workspace && this.suits(this.workspace, job)) {
      this.run(job, this.workspace, this.prepared);
      return;
    }
    this.jobs.push(job);
    this.draining ??= this.drain();
  }

  private check(): void {
    this.gpu.check();
    if (this.failure) throw this.failure;
  }

  private suits(workspace: Workspace, job: Job): boolean {
    return this.workspaceFor === this.keyOf(job) && workspace.training;
  }

  private keyOf({ batches, validation }: Job): string {
    return `${Math.max(sizeOf(batches), sizeOf(validation))} ${batches.length}`;
  }

  private async drain(): Promise<void> {
    try {
      const common = await this.common;
      this.prepared = common;
      for (let job = this.jobs[0]; job; job = this.jobs[0]) {
        const workspace = await this.open(job);
        if (this.jobs[0] !== job) continue;
        this.jobs.shift();
        this.run(job, workspace, common);
      }
    } catch (thrown) {
      this.jobs = [];
      this.failure = this.gpu.failure ?? asLabError(thrown);
    } finally {
      this.draining = null;
    }
  }

  /** Makes room for batches of a size. @throws LabError `out-of-memory`, which says what would fit. */
  async prepare(size: number, shared: boolean): Promise<void> {
    this.workspace?.dispose();
    this.workspace = null;
    const { gpu, layout } = this;
    const { state } = this.store;
    const { limits, mayCut } = this.init;
    this.workspace = await openWorkspace({
      gpu,
      layout,
      state,
      sums: state.sums,
      shape: { training: true, shared },
      batch: size,
      limits,
      mayCut,
    });
    this.workspaceFor = `${size} ${shared ? 1 : layout.models}`;
  }

  private async open(job: Job): Promise<Workspace> {
    const { batches, validation } = job;
    if (!this.workspace || !this.suits(this.workspace, job)) {
      const size = Math.max(sizeOf(batches), sizeOf(validation));
      await this.prepare(size, batches.length === 1);
    }
    if (!this.workspace) throw new LabError('internal', 'There is no room for a batch.');
    return this.workspace;
  }

  private run(job: Job, workspace: Workspace, common: Common): void {
    const { alphaRate, noise, validation } = job;
    const { sampling, temperature } = this.init.options;
    if (sampling !== 'softmax') this.gpu.write(this.store.state.noise, Float32Array.from(noise));
    const control: Control = {
      ...IDLE,
      capacity: workspace.capacity,
      rate: job.rate,
      mCorrection: job.corrections[0],
      vCorrection: job.corrections[1],
      alphaRate,
      alphaMCorrection: job.alphaCorrections[0],
      alphaVCorrection: job.alphaCorrections[1],
      temperature,
    };
    const forward = [
      ...workspace.enter.flatMap((enter, s) => [...enter, ...(workspace.leave[s] ?? [])]),
      ...workspace.head,
    ];
    const apart = validation !== null && alphaRate > 0;
    if (apart) {
      const own = { ...control, moveAlpha: 1 };
      this.pass(
        validation,
        workspace,
        own,
        common.mixture,
        [...forward, ...workspace.backAlpha],
        [common.stepAlpha],
      );
    }
    const moveAlpha = !apart && alphaRate > 0 ? 1 : 0;
    const average = job.average ? 1 : 0;
    const last = moveAlpha || average ? [common.optimise, common.stepAlpha] : [common.optimise];
    const own = { ...control, moveAlpha, average, gather: 1 };
    this.pass(job.batches, workspace, own, common.mixture, [...forward, ...workspace.back], last);
    // A flight that fails has lost its device: `check` tells.
    this.flights.push(this.gpu.device.queue.onSubmittedWorkDone().catch(() => undefined));
  }

  /** A batch, part by part: first the mixture, last what follows the gradients. */
  private pass(
    batches: readonly Batch[],
    workspace: Workspace,
    control: Control,
    first: Dispatch,
    each: readonly Dispatch[],
    last: readonly Dispatch[],
  ): void {
    const { gpu, layout } = this;
    const total = sizeOf(batches);
    const { capacity } = workspace;
    for (let from = 0; from < total; from += capacity) {
      const images = Math.min(capacity, total - from);
      feed(gpu, layout, workspace, batches, from, images);
      const part = { images, share: 1 / total, accumulate: from > 0 ? 1 : 0 };
      gpu.write(this.store.state.control, encodeControl({ ...control, ...part }));
      const ends = from + images === total;
      gpu.run([...(from === 0 ? [first] : []), ...each, ...(ends ? last : [])]);
    }
  }

  /** Waits until another step may be submitted: a long queue holds up whoever waits for an answer. */
  async ready(): Promise<void> {
    await this.draining;
    while (this.flights.length > QUEUE) await this.flights.shift();
  }

  /** Waits until every step has been submitted. @throws what went wrong. */
  async settled(): Promise<void> {
    await this.draining;
    this.check();
  }

  /** Waits for the device; sums begin anew. */
  async read(): Promise<{ models: ModelReading[]; counts: StepCounts }> {
    await this.settled();
    const { counts } = this;
    this.flights = [];
    this.counts = { ...counts, steps: 0, images: 0 };
    return { models: await this.store.read(), counts };
  }

  /** Flat parameters of every model. */
  async parameters(): Promise<Float32Array[]> {
    await this.settled();
    return this.store.parameters();
  }

  /** The state of every model, under the names of the `stock` executor. */
  async save(): Promise<ExecutorState[]> {
    await this.settled();
    const { steps, images, averaged, weights, alpha } = this.counts;
    return this.store.save([steps, images, averaged, weights, alpha]);
  }

  /** Continues from saved states; steps that wait in line are dropped. */
  restore(states: readonly ExecutorState[]): void {
    this.jobs = [];
    const [steps = 0, images = 0, averaged = 0, weights = 0, alpha = 0] =
      this.store.restore(states);
    this.counts = { steps, images, averaged, weights, alpha };
  }

  dispose(): void {
    this.jobs = [];
    this.failure ??= new LabError('internal', 'The executor was disposed.');
    const end = () => {
      this.workspace?.dispose();
      this.workspace = null;
      this.store.dispose();
    };
    if (this.draining) void this.draining.then(end);
    else end();
  }
}

function asLabError(thrown: unknown): LabError {
  if (thrown instanceof LabError) return thrown;
  return new LabError('internal', thrown instanceof Error ? thrown.message : String(thrown));
}
