/** Adam or SGD over one flat vector in the kernels' memory; the formulas of `engine/optimiser.ts`. */
import type { Optimiser } from '../../../core/run/config.ts';
import { addressAfter, type ByteAddress, type Bytes, floatIndex } from '../units.ts';
import type { KernelHeap } from './kernels.ts';

const BETA_1 = 0.9;
const BETA_2 = 0.999;

/** Where the vectors lie, and the size of each. */
export interface VectorAddresses {
  readonly values: ByteAddress;
  readonly gradient: ByteAddress;
  readonly m: ByteAddress;
  readonly v: ByteAddress;
  readonly bytes: Bytes;
}

export class FlatVector {
  /** Steps taken. */
  count = 0;
  private readonly heap: KernelHeap;
  private readonly addresses: VectorAddresses;
  private readonly kind: Optimiser;
  private readonly momentum: number;

  constructor(heap: KernelHeap, addresses: VectorAddresses, kind: Optimiser, momentum: number) {
    this.heap = heap;
    this.addresses = addresses;
    this.kind = kind;
    this.momentum = momentum;
  }

  private view(address: ByteAddress): Float32Array {
    const end = addressAfter(address, this.addresses.bytes);
    return this.heap.floats.subarray(floatIndex(address), floatIndex(end));
  }

  get values(): Float32Array {
    return this.view(this.addresses.values);
  }

  get gradient(): Float32Array {
    return this.view(this.addresses.gradient);
  }

  get m(): Float32Array {
    return this.view(this.addresses.m);
  }

  /** Adam's second moment; SGD has none. */
  get v(): Float32Array | null {
    return this.kind === 'adam' ? this.view(this.addresses.v) : null;
  }

  /** Moves the values against the gradient. */
  apply(rate: number): void {
    this.count += 1;
    const { values, gradient, m, v, bytes } = this.addresses;
    const { adam, descend } = this.heap.kernels;
    if (this.kind === 'sgd') {
      descend(values, gradient, m, bytes, rate, this.momentum);
      return;
    }
    const scale = rate / (1 - BETA_1 ** this.count);
    adam(values, gradient, m, v, bytes, scale, 1 - BETA_2 ** this.count);
  }
}
