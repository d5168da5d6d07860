/** Adam or SGD over one flat vector in the kernels' memory; the formulas of `engine/optimiser.ts`. */
import type { Optimiser } from '../../../core/run/config.ts';
import type { KernelHeap } from './kernels.ts';

const BETA_1 = 0.9;
const BETA_2 = 0.999;

/** Addresses of vectors of `bytes` bytes each. */
export interface VectorPlace {
  readonly values: number;
  readonly gradient: number;
  readonly first: number;
  readonly second: number;
  readonly bytes: number;
}

export class FlatVector {
  /** Steps taken. */
  count = 0;
  private readonly heap: KernelHeap;
  private readonly place: VectorPlace;
  private readonly kind: Optimiser;
  private readonly momentum: number;

  constructor(heap: KernelHeap, place: VectorPlace, kind: Optimiser, momentum: number) {
    this.heap = heap;
    this.place = place;
    this.kind = kind;
    this.momentum = momentum;
  }

  private view(address: number): Float32Array {
    const { bytes } = this.place;
    return this.heap.floats.subarray(address / 4, (address + bytes) / 4);
  }

  get values(): Float32Array {
    return this.view(this.place.values);
  }

  get gradient(): Float32Array {
    return this.view(this.place.gradient);
  }

  get first(): Float32Array {
    return this.view(this.place.first);
  }

  /** Only Adam has second moments. */
  get second(): Float32Array | null {
    return this.kind === 'adam' ? this.view(this.place.second) : null;
  }

  /** Moves the values against the gradient. */
  apply(rate: number): void {
    this.count += 1;
    const { values, gradient, first, second, bytes } = this.place;
    const { adam, descend } = this.heap.kernels;
    if (this.kind === 'sgd') {
      descend(values, gradient, first, bytes, rate, this.momentum);
      return;
    }
    const scale = rate / (1 - BETA_1 ** this.count);
    adam(values, gradient, first, second, bytes, scale, 1 - BETA_2 ** this.count);
  }
}
