/**
 * The fast executor without a GPU: the plan interpreted by kernels of our own on WebAssembly. Weights,
 * gradients, moments and activations live in the memory of one kernel instance; nothing here knows
 * tfjs. Its saved state has the names and shapes of `stock`.
 */
import { alphaOffsets, type Plan } from '../../../core/schedule.ts';
import type {
  Batch,
  Evaluation,
  Executor,
  ExecutorInit,
  ExecutorOptions,
  ExecutorState,
  StepControl,
  StepStatistics,
} from '../executor.ts';
import { bytesBetween, floatBytes } from '../units.ts';
import type { Machine } from './forward.ts';
import { Leader, paused } from './leader.ts';
import type { LossSums } from './loss.ts';
import { alphaGradient, mixingRow, type StageRow, softmaxRow } from './mixing.ts';
import { FlatVector } from './optimiser.ts';
import { type ParameterLayout, padInto, unpad } from './parameters.ts';
import { alphaRows } from './train.ts';

/** @throws LabError `out-of-memory`; `backend-unavailable` if the kernels are not loaded. */
export function createWasmExecutor(init: ExecutorInit): Executor {
  return new WasmExecutor(init);
}

class WasmExecutor implements Executor {
  readonly plan: Plan;
  private readonly options: ExecutorOptions;
  private readonly leader: Leader;
  private readonly layout: ParameterLayout;
  private readonly weights: FlatVector;
  private readonly alpha: FlatVector;
  /** Start of each stage's candidates in alpha, and the end. */
  private readonly offsets: readonly number[];
  /** The weights have changed since they were packed. */
  private stale = true;
  private disposed = false;
  /** [Σ loss, Σ correct] since the last read. */
  private gathered = new Float32Array(2);
  /** Σ softmax(alpha) over the averaged steps. */
  private alphaSum: Float32Array;
  private steps = 0;
  private images = 0;
  private averagedSteps = 0;

  constructor({ plan, options, parameters, alpha }: ExecutorInit) {
    this.plan = plan;
    this.options = options;
    this.offsets = alphaOffsets(plan);
    this.leader = new Leader(plan, alpha.length);
    const { heap, network } = this.leader;
    const { layout, addresses } = network;
    this.layout = layout;
    const { weights, alpha: alphaOptions } = options;
    this.weights = new FlatVector(
      heap,
      {
        values: addresses.weights,
        gradient: addresses.gradient,
        m: addresses.m,
        v: addresses.v,
        bytes: floatBytes(layout.size),
      },
      weights.optimiser,
      weights.momentum,
    );
    this.alpha = new FlatVector(
      heap,
      {
        values: addresses.alpha,
        gradient: addresses.alphaGradient,
        m: addresses.alphaM,
        v: addresses.alphaV,
        bytes: bytesBetween(addresses.alpha, addresses.alphaGradient),
      },
      alphaOptions.optimiser,
      alphaOptions.momentum,
    );
    padInto(layout, parameters, this.weights.values);
    this.alpha.values.set(alpha);
    this.alphaSum = new Float32Array(alpha.length);
  }

  private rows(noise: Float32Array): StageRow[] {
    const { sampling, temperature } = this.options;
    const alpha = this.alpha.values;
    return this.plan.stages.map((_, s) => {
      const [from, to] = [this.offsets[s] as number, this.offsets[s + 1] as number];
      const own = alpha.slice(from, to);
      return mixingRow(own, noise.subarray(from, to), sampling, temperature);
    });
  }

  /** Gradients of weights, and of alpha if wanted, into memory; the summed loss and correct answers. */
  private differentiate(batch: Batch, noise: Float32Array, wantsAlpha: boolean): LossSums {
    const rows = this.rows(noise);
    const weights = rows.map((row) => row.weights);
    const task = { kind: 'train', rows: weights, wantsAlpha } as const;
    const passing = this.leader.pass(task, batch, this.stale);
    let next = passing.next();
    while (!next.done) next = passing.next();
    this.stale = false;
    if (wantsAlpha && next.value) this.takeAlphaGradient(rows, next.value.machine);
    return next.value?.losses[0] ?? { loss: 0, correct: 0 };
  }

  private takeAlphaGradient(rows: readonly StageRow[], machine: Machine): void {
    const { sampling, temperature } = this.options;
    const dRows = alphaRows(machine);
    const gradient = rows.flatMap((row, s) =>
      alphaGradient(row, dRows[s] ?? [], sampling, temperature),
    );
    this.alpha.gradient.set(gradient);
  }

  step(batch: Batch, control: StepControl): void {
    const { rate, alphaRate, noise, validation, average } = control;
    const movesAlpha = alphaRate > 0;
    if (validation && movesAlpha) {
      this.differentiate(validation, noise, true);
      this.alpha.apply(alphaRate);
    }
    const joint = movesAlpha && !validation;
    const sums = this.differentiate(batch, noise, joint);
    this.weights.apply(rate);
    this.stale = true;
    if (joint) this.alpha.apply(alphaRate);
    this.gather(sums, batch.labels.length, average);
  }

  private gather(sums: LossSums, images: number, average: boolean): void {
    const [loss = 0, correct = 0] = this.gathered;
    this.gathered = Float32Array.of(loss + Math.fround(sums.loss / images), correct + sums.correct);
    this.steps += 1;
    this.images += images;
    if (!average) return;
    const now = this.softmaxAlpha();
    this.alphaSum = this.alphaSum.map((sum, i) => sum + (now[i] as number));
    this.averagedSteps += 1;
  }

  private softmaxAlpha(): Float32Array {
    const { values } = this.alpha;
    return Float32Array.from(
      this.plan.stages.flatMap((_, s) => [
        ...softmaxRow(values.slice(this.offsets[s], this.offsets[s + 1])),
      ]),
    );
  }

  private perStage(flat: Float32Array, scale: number): number[][] {
    return this.plan.stages.map((_, s) =>
      Array.from(flat.subarray(this.offsets[s], this.offsets[s + 1]), (value) => value * scale),
    );
  }

  async statistics(): Promise<StepStatistics> {
    const { steps, images, averagedSteps } = this;
    const [loss = 0, correct = 0] = this.gathered;
    this.gathered = new Float32Array(2);
    this.steps = 0;
    this.images = 0;
    const weights = this.perStage(this.softmaxAlpha(), 1);
    return {
      loss: steps ? loss / steps : 0,
      accuracy: images ? correct / images : 0,
      weights,
      averaged: averagedSteps ? this.perStage(this.alphaSum, 1 / averagedSteps) : weights,
    };
  }

  async evaluate(
    batches: readonly Batch[],
    mixtures: readonly (readonly (readonly number[])[])[],
    between: () => Promise<void>,
  ): Promise<Evaluation[]> {
    const sums = mixtures.map(() => ({ loss: 0, correct: 0 }));
    let images = 0;
    for (const batch of batches) {
      const passing = this.leader.pass({ kind: 'evaluate', mixtures }, batch, this.stale);
      const passed = await paused(passing, between);
      this.stale = false;
      passed?.losses.forEach(({ loss, correct }, m) => {
        const sum = sums[m];
        if (!sum) return;
        sum.loss += loss;
        sum.correct += correct;
      });
      images += batch.labels.length;
    }
    return sums.map(({ loss, correct }) => ({ loss: loss / images, accuracy: correct / images }));
  }

  async save(): Promise<ExecutorState> {
    const plain = (vector: Float32Array | null) =>
      vector ? unpad(this.layout, vector, this.plan.parameterCount) : new Float32Array(0);
    const count = this.alphaSum.length;
    const own = (vector: Float32Array | null) => vector?.slice(0, count) ?? new Float32Array(0);
    return {
      weights: plain(this.weights.values),
      alpha: own(this.alpha.values),
      gathered: this.gathered.slice(),
      alphaSum: this.alphaSum.slice(),
      weightFirst: plain(this.weights.m),
      weightSecond: plain(this.weights.v),
      alphaFirst: own(this.alpha.m),
      alphaSecond: own(this.alpha.v),
      counts: Float32Array.of(
        this.steps,
        this.images,
        this.averagedSteps,
        this.weights.count,
        this.alpha.count,
      ),
    };
  }

  restore(state: ExecutorState): void {
    const buffer = (name: string): Float32Array => {
      const found = state[name];
      if (!found) throw new RangeError(`The saved state lacks "${name}".`);
      return found;
    };
    const [steps = 0, images = 0, averaged = 0, weightCount = 0, alphaCount = 0] = buffer('counts');
    const { weights, alpha, layout } = this;
    padInto(layout, buffer('weights'), weights.values);
    padInto(layout, buffer('weightFirst'), weights.m);
    if (weights.v) padInto(layout, buffer('weightSecond'), weights.v);
    alpha.values.set(buffer('alpha'));
    alpha.m.set(buffer('alphaFirst'));
    alpha.v?.set(buffer('alphaSecond'));
    this.gathered = buffer('gathered').slice();
    this.alphaSum = buffer('alphaSum').slice();
    weights.count = weightCount;
    alpha.count = alphaCount;
    this.steps = steps;
    this.images = images;
    this.averagedSteps = averaged;
    this.stale = true;
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.leader.leave();
  }
}
