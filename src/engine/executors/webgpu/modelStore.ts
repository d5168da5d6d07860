/**
 * What lanes learn, on the device: parameters, moments, alpha and sums, and the way of each lane's
 * numbers there and back.
 */
import type { Plan } from '../../../core/schedule.ts';
import type { ExecutorOptions, ExecutorState } from '../executor.ts';
import type { Gpu } from './gpu.ts';
import type { Layout } from './layout.ts';
import { type ParameterPlace, packInto, placesOf, unpack } from './parameters.ts';
import { createState, destroyState, type State } from './resources.ts';

export interface LaneInit {
  readonly plan: Plan;
  /** Flat, `plan.parameterCount` values. */
  readonly parameters: Float32Array;
  /** Stage after stage, Σk values. */
  readonly alpha: Float32Array;
}

/** Sums since the last read, and alpha. */
export interface LaneReading {
  readonly lossSum: number;
  readonly correct: number;
  readonly alpha: Float32Array;
  readonly alphaSum: Float32Array;
}

const EMPTY = new Float32Array();

export class LaneStore {
  readonly state: State;
  private readonly gpu: Gpu;
  private readonly layout: Layout;
  private readonly plans: readonly Plan[];
  private readonly places: readonly (readonly ParameterPlace[])[];
  private readonly adam: { readonly weights: boolean; readonly alpha: boolean };

  constructor(gpu: Gpu, layout: Layout, lanes: readonly LaneInit[], options: ExecutorOptions) {
    this.gpu = gpu;
    this.layout = layout;
    this.plans = lanes.map(({ plan }) => plan);
    this.places = placesOf(this.plans, layout);
    this.adam = {
      weights: options.weights.optimiser === 'adam',
      alpha: options.alpha.optimiser === 'adam',
    };
    this.state = createState(gpu, layout, {
      training: true,
      weightsAdam: this.adam.weights,
      alphaAdam: this.adam.alpha,
    });
    this.writeLanes(
      this.state.parameters,
      lanes.map(({ parameters }) => parameters),
    );
    gpu.write(this.state.alpha, joined(lanes.map(({ alpha }) => alpha)));
  }

  /** Waits for the device; sums begin anew with what is submitted after this call. */
  async read(): Promise<LaneReading[]> {
    const { sums, alpha, averages } = this.state;
    const reading = this.gpu.read([sums, alpha, averages]);
    this.gpu.write(sums, new Float32Array(2 * this.layout.lanes));
    const [sumValues, alphas, alphaSums] = await reading;
    return this.plans.map((_, lane) => ({
      lossSum: sumValues?.[2 * lane] ?? Number.NaN,
      correct: sumValues?.[2 * lane + 1] ?? 0,
      alpha: this.ofLane(alphas, lane),
      alphaSum: this.ofLane(alphaSums, lane),
    }));
  }

  /** Flat parameters of every lane. */
  async parameters(): Promise<Float32Array[]> {
    const [values] = await this.gpu.read([this.state.parameters]);
    return this.unpackLanes(values);
  }

  /** One lane's part of a vector that runs over every lane's candidates. */
  private ofLane(values: Float32Array | undefined, lane: number): Float32Array {
    const stages = this.layout.stages.length;
    const rows = this.layout.rows.slice(lane * stages, (lane + 1) * stages);
    const first = rows[0]?.[0] ?? 0;
    const count = rows.reduce((sum, [, own]) => sum + own, 0);
    return (values ?? EMPTY).slice(first, first + count);
  }

  private writeLanes(buffer: GPUBuffer, lanes: readonly Float32Array[]): void {
    const device = new Float32Array(this.layout.size * 4);
    for (const [lane, flat] of lanes.entries()) packInto(device, this.places[lane] ?? [], flat);
    this.gpu.write(buffer, device);
  }

  private unpackLanes(values: Float32Array | undefined): Float32Array[] {
    return this.plans.map(({ parameterCount }, lane) =>
      unpack(values ?? EMPTY, this.places[lane] ?? [], parameterCount),
    );
  }

  /** The state of every lane, under the names of the `stock` executor. */
  async save(counts: readonly number[]): Promise<ExecutorState[]> {
    const { state, adam } = this;
    const { parameters, first, second, alpha, alphaFirst, alphaSecond, averages, sums } = state;
    const read = await this.gpu.read([
      parameters,
      first,
      second,
      alpha,
      alphaFirst,
      alphaSecond,
      averages,
      sums,
    ]);
    const weightFirst = this.unpackLanes(read[1]);
    const weightSecond = adam.weights ? this.unpackLanes(read[2]) : [];
    return this.unpackLanes(read[0]).map((weights, lane) => ({
      weights,
      alpha: this.ofLane(read[3], lane),
      gathered: (read[7] ?? EMPTY).slice(2 * lane, 2 * lane + 2),
      alphaSum: this.ofLane(read[6], lane),
      weightFirst: weightFirst[lane] ?? EMPTY,
      weightSecond: weightSecond[lane] ?? EMPTY,
      alphaFirst: this.ofLane(read[4], lane),
      alphaSecond: adam.alpha ? this.ofLane(read[5], lane) : EMPTY,
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
    this.writeLanes(state.parameters, all('weights'));
    this.writeLanes(state.first, all('weightFirst'));
    if (adam.weights) this.writeLanes(state.second, all('weightSecond'));
    gpu.write(state.alpha, joined(all('alpha')));
    gpu.write(state.alphaFirst, joined(all('alphaFirst')));
    if (adam.alpha) gpu.write(state.alphaSecond, joined(all('alphaSecond')));
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
