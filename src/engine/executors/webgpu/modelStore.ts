/**
 * What models learn, on the device: parameters, moments, alpha and sums, and the way of each model's
 * numbers there and back.
 */
import type { Plan } from '../../../core/schedule.ts';
import type { ExecutorOptions, ExecutorState } from '../executor.ts';
import type { Gpu } from './gpu.ts';
import type { Layout } from './layout.ts';
import { locationsOf, type ParameterLocation, packInto, unpack } from './parameters.ts';
import { createState, destroyState, type State } from './resources.ts';

export interface ModelInit {
  readonly plan: Plan;
  /** Flat, `plan.parameterCount` values. */
  readonly parameters: Float32Array;
  /** Stage after stage, Σk values. */
  readonly alpha: Float32Array;
}

/** Sums since the last read, and alpha. */
export interface ModelReading {
  readonly lossSum: number;
  readonly correct: number;
  readonly alpha: Float32Array;
  readonly alphaSum: Float32Array;
}

const EMPTY = new Float32Array();

export class ModelStore {
  readonly state: State;
  private readonly gpu: Gpu;
  private readonly layout: Layout;
  private readonly plans: readonly Plan[];
  private readonly locations: readonly (readonly ParameterLocation[])[];
  private readonly adam: { readonly weights: boolean; readonly alpha: boolean };

  constructor(gpu: Gpu, layout: Layout, models: readonly ModelInit[], options: ExecutorOptions) {
    this.gpu = gpu;
    this.layout = layout;
    this.plans = models.map(({ plan }) => plan);
    this.locations = locationsOf(this.plans, layout);
    this.adam = {
      weights: options.weights.optimiser === 'adam',
      alpha: options.alpha.optimiser === 'adam',
    };
    this.state = createState(gpu, layout, {
      training: true,
      weightsAdam: this.adam.weights,
      alphaAdam: this.adam.alpha,
    });
    this.writeModels(
      this.state.parameters,
      models.map(({ parameters }) => parameters),
    );
    gpu.write(this.state.alpha, joined(models.map(({ alpha }) => alpha)));
  }

  /** Waits for the device; sums begin anew with what is submitted after this call. */
  async read(): Promise<ModelReading[]> {
    const { sums, alpha, averages } = this.state;
    const reading = this.gpu.read([sums, alpha, averages]);
    this.gpu.write(sums, new Float32Array(2 * this.layout.models));
    const [sumValues, alphas, alphaSums] = await reading;
    return this.plans.map((_, model) => ({
      lossSum: sumValues?.[2 * model] ?? Number.NaN,
      correct: sumValues?.[2 * model + 1] ?? 0,
      alpha: this.ofModel(alphas, model),
      alphaSum: this.ofModel(alphaSums, model),
    }));
  }

  /** Flat parameters of every model. */
  async parameters(): Promise<Float32Array[]> {
    const [values] = await this.gpu.read([this.state.parameters]);
    return this.unpackModels(values);
  }

  /** One model's part of a vector that runs over every model's candidates. */
  private ofModel(values: Float32Array | undefined, model: number): Float32Array {
    const stages = this.layout.stages.length;
    const rows = this.layout.rows.slice(model * stages, (model + 1) * stages);
    const first = rows[0]?.[0] ?? 0;
    const count = rows.reduce((sum, [, own]) => sum + own, 0);
    return (values ?? EMPTY).slice(first, first + count);
  }

  private writeModels(buffer: GPUBuffer, models: readonly Float32Array[]): void {
    const device = new Float32Array(this.layout.size * 4);
    for (const [model, flat] of models.entries())
      packInto(device, this.locations[model] ?? [], flat);
    this.gpu.write(buffer, device);
  }

  private unpackModels(values: Float32Array | undefined): Float32Array[] {
    return this.plans.map(({ parameterCount }, model) =>
      unpack(values ?? EMPTY, this.locations[model] ?? [], parameterCount),
    );
  }

  /** The state of every model, under the names of the `stock` executor. */
  async save(counts: readonly number[]): Promise<ExecutorState[]> {
    const { state, adam } = this;
    const { parameters, m, v, alpha, alphaM, alphaV, averages, sums } = state;
    const read = await this.gpu.read([parameters, m, v, alpha, alphaM, alphaV, averages, sums]);
    const weightFirst = this.unpackModels(read[1]);
    const weightSecond = adam.weights ? this.unpackModels(read[2]) : [];
    return this.unpackModels(read[0]).map((weights, model) => ({
      weights,
      alpha: this.ofModel(read[3], model),
      gathered: (read[7] ?? EMPTY).slice(2 * model, 2 * model + 2),
      alphaSum: this.ofModel(read[6], model),
      weightFirst: weightFirst[model] ?? EMPTY,
      weightSecond: weightSecond[model] ?? EMPTY,
      alphaFirst: this.ofModel(read[4], model),
      alphaSecond: adam.alpha ? this.ofModel(read[5], model) : EMPTY,
      counts: Float32Array.from(counts),
    }));
  }

  /** Returns the counts. @throws RangeError if a buffer is missing. */
  restore(states: readonly ExecutorState[]): Float32Array {
    const all = (name: string) =>
      states.map((own) => {
        const found = own[name];
        if (!found) throw new RangeError(`The saved state lacks "${name}".`);
        return found;
      });
    const { state, gpu, adam } = this;
    const [counts = EMPTY] = all('counts');
    this.writeModels(state.parameters, all('weights'));
    this.writeModels(state.m, all('weightFirst'));
    if (adam.weights) this.writeModels(state.v, all('weightSecond'));
    gpu.write(state.alpha, joined(all('alpha')));
    gpu.write(state.alphaM, joined(all('alphaFirst')));
    if (adam.alpha) gpu.write(state.alphaV, joined(all('alphaSecond')));
    gpu.write(state.averages, joined(all('alphaSum')));
    gpu.write(state.sums, joined(all('gathered')));
    return counts;
  }

  dispose(): void {
    destroyState(this.state);
  }
}

function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
