/**
 * The compiled kernels: compiled once, asynchronously, when a backend is chosen; instances are made
 * synchronously afterwards, each with a memory of its own. Memories never shrink and reserve address
 * space, so that instances of disposed executors are kept for the next ones.
 */
import { LabError } from '../../../core/errors.ts';

/** Size and border of a plane, as the kernels take them. */
type Geometry = [images: number, height: number, width: number, pad: number];
type Kernel<Arguments extends readonly number[]> = (...args: Arguments) => void;

/** See `assembly/`: addresses and sizes in bytes, channels padded to a multiple of 4. */
export interface Kernels {
  readonly convolve: Kernel<
    [
      x: number,
      w: number,
      bias: number,
      y: number,
      reluBits: number,
      ...Geometry,
      ci: number,
      co: number,
      kernel: number,
      mode: number,
    ]
  >;
  readonly filterGradient: Kernel<
    [x: number, dz: number, dw: number, ...Geometry, ci: number, co: number, kernel: number]
  >;
  readonly packForward: Kernel<[w: number, out: number, kernel: number, ci: number, co: number]>;
  readonly packBackward: Kernel<[w: number, out: number, kernel: number, ci: number, co: number]>;
  readonly gate: Kernel<
    [d: number, scale: number, reluBits: number, dz: number, db: number, ...Geometry, c: number]
  >;
  readonly sumPixels: Kernel<[x: number, mean: number, sums: number, ...Geometry, c: number]>;
  readonly squarePixels: Kernel<[x: number, mean: number, sums: number, ...Geometry, c: number]>;
  readonly dotPixels: Kernel<
    [d: number, x: number, mean: number, sums: number, ...Geometry, c: number]
  >;
  readonly mixInto: Kernel<
    [x: number, mean: number, scale: number, out: number, add: number, ...Geometry, c: number]
  >;
  readonly normaliseGradient: Kernel<
    [
      d: number,
      x: number,
      mean: number,
      scale: number,
      meanD: number,
      along: number,
      out: number,
      ...Geometry,
      c: number,
    ]
  >;
  readonly poolMaximum: Kernel<
    [x: number, y: number, winners: number, ...Geometry, c: number, factor: number]
  >;
  readonly unpoolMaximum: Kernel<
    [dy: number, winners: number, dx: number, ...Geometry, c: number, factor: number]
  >;
  readonly poolAverage: Kernel<[x: number, y: number, ...Geometry, c: number, factor: number]>;
  readonly unpoolAverage: Kernel<[dy: number, dx: number, ...Geometry, c: number, factor: number]>;
  readonly classify: Kernel<
    [x: number, w: number, bias: number, logits: number, ...Geometry, c: number, classes: number]
  >;
  readonly classifierWeights: Kernel<
    [x: number, d: number, dw: number, db: number, ...Geometry, c: number, classes: number]
  >;
  readonly classifierInput: Kernel<
    [d: number, w: number, dx: number, ...Geometry, c: number, classes: number]
  >;
  readonly addInto: Kernel<[to: number, from: number, bytes: number]>;
  readonly adam: Kernel<
    [x: number, g: number, m: number, v: number, bytes: number, scale: number, correction: number]
  >;
  readonly descend: Kernel<
    [x: number, g: number, velocity: number, bytes: number, rate: number, momentum: number]
  >;
}

const PAGE = 65536;

/** Instances kept for reuse; more would hold memory that nobody needs. */
const MOST_SPARE = 3;

/** Most that a memory shared between threads can grow to, tried in turn: it is set aside at once. */
const SHARED_PAGES = [65536, 32768, 16384, 8192];

/**
 * A memory that threads can share.
 * @throws RangeError if the machine does not even set the least aside.
 */
export function sharedMemory(): WebAssembly.Memory {
  for (const maximum of SHARED_PAGES) {
    try {
      return new WebAssembly.Memory({ initial: 1, maximum, shared: true });
    } catch (thrown) {
      if (maximum === SHARED_PAGES.at(-1)) throw thrown;
    }
  }
  throw new RangeError('No shared memory.');
}

/** An instance and its memory. Views are replaced when the memory grows. */
export class KernelHeap {
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
  floats = new Float32Array();
  doubles = new Float64Array();
  octets = new Uint8Array();

  /** `memory`: one that another thread made as well, for a module that expects that. */
  constructor(module: WebAssembly.Module, memory = new WebAssembly.Memory({ initial: 1 })) {
    this.memory = memory;
    const instance = new WebAssembly.Instance(module, { env: { memory } });
    // The exports are checked by the tests: every kernel runs in one.
    this.kernels = instance.exports as unknown as Kernels;
    this.refresh();
  }

  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  /**
   * Makes room for `bytes` bytes; addresses stay.
   * @throws LabError `out-of-memory`
   */
  reserve(bytes: number): void {
    const missing = Math.ceil((bytes - this.bytes) / PAGE);
    if (missing <= 0) return;
    try {
      this.memory.grow(missing);
    } catch {
      throw new LabError(
        'out-of-memory',
        `The network needs ${Math.ceil(bytes / 2 ** 20)} MB for its activations, which this machine does not give. Use a smaller batch (supernet.batchSize) or fewer candidates.`,
        { bytes },
      );
    }
    this.refresh();
  }

  /** Sees `bytes` bytes, which another thread has made room for. */
  reach(bytes: number): void {
    if (bytes <= this.octets.length) return;
    // Growing by nothing makes `buffer` as long as the memory is by now.
    this.memory.grow(0);
    this.refresh();
  }

  private refresh(): void {
    const { buffer } = this.memory;
    this.floats = new Float32Array(buffer);
    this.doubles = new Float64Array(buffer);
    this.octets = new Uint8Array(buffer);
  }

  /** Zeros from one address to another (multiples of 4). */
  clear(from: number, to: number): void {
    this.floats.fill(0, from / 4, to / 4);
  }
}

let compiled: WebAssembly.Module | null = null;
let failure = 'The kernels are not loaded.';
const spare: KernelHeap[] = [];

/** Compiles the kernels. Never throws: without SIMD there are none, and `kernelsAvailable` says so. */
export async function loadKernels(read: () => Promise<BufferSource>): Promise<void> {
  if (compiled) return;
  try {
    compiled = await WebAssembly.compile(await read());
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    failure = `The kernels do not run here (WebAssembly without SIMD?): ${why}`;
  }
}

/** True, or a sentence that says why there are none. */
export const kernelsAvailable = (): true | string => (compiled ? true : failure);

/** @throws LabError `backend-unavailable` if the kernels were not loaded. */
export function takeHeap(): KernelHeap {
  const kept = spare.pop();
  if (kept) return kept;
  if (!compiled) throw new LabError('backend-unavailable', failure);
  return new KernelHeap(compiled);
}

export function giveBack(heap: KernelHeap): void {
  if (spare.length < MOST_SPARE) spare.push(heap);
}
