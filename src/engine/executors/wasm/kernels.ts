/**
 * The compiled kernels: compiled once, asynchronously, when a backend is chosen; instances are made
 * synchronously afterwards, each with a memory of its own. Memories never shrink and reserve address
 * space, so that instances of disposed executors are kept for the next ones.
 */
import { LabError } from '../../../core/errors.ts';
import { type ByteAddress, type Bytes, floatIndex, type PaddedChannels } from '../units.ts';

/** Size and border of a plane, as the kernels take them. */
type Geometry = [images: number, height: number, width: number, pad: number];
type Kernel<Arguments extends readonly number[]> = (...args: Arguments) => void;

/** See `assembly/`: addresses and sizes in bytes, channels padded to a multiple of 4. */
export interface Kernels {
  readonly convolve: Kernel<
    [
      x: ByteAddress,
      w: ByteAddress,
      bias: ByteAddress,
      y: ByteAddress,
      reluBits: ByteAddress,
      ...Geometry,
      ci: PaddedChannels,
      co: PaddedChannels,
      kernel: number,
      mode: number,
    ]
  >;
  readonly filterGradient: Kernel<
    [
      x: ByteAddress,
      dz: ByteAddress,
      dw: ByteAddress,
      ...Geometry,
      ci: PaddedChannels,
      co: PaddedChannels,
      kernel: number,
    ]
  >;
  readonly packForward: Kernel<
    [w: ByteAddress, out: ByteAddress, kernel: number, ci: PaddedChannels, co: PaddedChannels]
  >;
  readonly packBackward: Kernel<
    [w: ByteAddress, out: ByteAddress, kernel: number, ci: PaddedChannels, co: PaddedChannels]
  >;
  readonly gate: Kernel<
    [
      d: ByteAddress,
      scale: number,
      reluBits: ByteAddress,
      dz: ByteAddress,
      db: ByteAddress,
      ...Geometry,
      c: PaddedChannels,
    ]
  >;
  readonly sumPixels: Kernel<
    [x: ByteAddress, mean: ByteAddress, sums: ByteAddress, ...Geometry, c: PaddedChannels]
  >;
  readonly squarePixels: Kernel<
    [x: ByteAddress, mean: ByteAddress, sums: ByteAddress, ...Geometry, c: PaddedChannels]
  >;
  readonly dotPixels: Kernel<
    [
      d: ByteAddress,
      x: ByteAddress,
      mean: ByteAddress,
      sums: ByteAddress,
      ...Geometry,
      c: PaddedChannels,
    ]
  >;
  readonly mixInto: Kernel<
    [
      x: ByteAddress,
      mean: ByteAddress,
      scale: ByteAddress,
      out: ByteAddress,
      add: number,
      ...Geometry,
      c: PaddedChannels,
    ]
  >;
  readonly normaliseGradient: Kernel<
    [
      d: ByteAddress,
      x: ByteAddress,
      mean: ByteAddress,
      scale: ByteAddress,
      meanD: ByteAddress,
      along: ByteAddress,
      out: ByteAddress,
      ...Geometry,
      c: PaddedChannels,
    ]
  >;
  readonly poolMaximum: Kernel<
    [
      x: ByteAddress,
      y: ByteAddress,
      winners: ByteAddress,
      ...Geometry,
      c: PaddedChannels,
      factor: number,
    ]
  >;
  readonly unpoolMaximum: Kernel<
    [
      dy: ByteAddress,
      winners: ByteAddress,
      dx: ByteAddress,
      ...Geometry,
      c: PaddedChannels,
      factor: number,
    ]
  >;
  readonly poolAverage: Kernel<
    [x: ByteAddress, y: ByteAddress, ...Geometry, c: PaddedChannels, factor: number]
  >;
  readonly unpoolAverage: Kernel<
    [dy: ByteAddress, dx: ByteAddress, ...Geometry, c: PaddedChannels, factor: number]
  >;
  readonly classify: Kernel<
    [
      x: ByteAddress,
      w: ByteAddress,
      bias: ByteAddress,
      logits: ByteAddress,
      ...Geometry,
      c: PaddedChannels,
      classes: PaddedChannels,
    ]
  >;
  readonly classifierWeights: Kernel<
    [
      x: ByteAddress,
      d: ByteAddress,
      dw: ByteAddress,
      db: ByteAddress,
      ...Geometry,
      c: PaddedChannels,
      classes: PaddedChannels,
    ]
  >;
  readonly classifierInput: Kernel<
    [
      d: ByteAddress,
      w: ByteAddress,
      dx: ByteAddress,
      ...Geometry,
      c: PaddedChannels,
      classes: PaddedChannels,
    ]
  >;
  readonly addInto: Kernel<[to: ByteAddress, from: ByteAddress, bytes: Bytes]>;
  readonly adam: Kernel<
    [
      x: ByteAddress,
      g: ByteAddress,
      m: ByteAddress,
      v: ByteAddress,
      bytes: Bytes,
      scale: number,
      correction: number,
    ]
  >;
  readonly descend: Kernel<
    [
      x: ByteAddress,
      g: ByteAddress,
      velocity: ByteAddress,
      bytes: Bytes,
      rate: number,
      momentum: number,
    ]
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
   * Makes room up to the address `end`; addresses stay.
   * @throws LabError `out-of-memory`
   */
  reserve(end: ByteAddress): void {
    const missing = Math.ceil((end - this.bytes) / PAGE);
    if (missing <= 0) return;
    try {
      this.memory.grow(missing);
    } catch {
      throw new LabError(
        'out-of-memory',
        `The network needs ${Math.ceil(end / 2 ** 20)} MB for its activations, which this machine does not give. Use a smaller batch (supernet.batchSize) or fewer candidates.`,
        { bytes: end },
      );
    }
    this.refresh();
  }

  /** Sees what lies below the address `end`, for which another thread has made room. */
  reach(end: ByteAddress): void {
    if (end <= this.octets.length) return;
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
  clear(from: ByteAddress, to: ByteAddress): void {
    this.floats.fill(0, floatIndex(from), floatIndex(to));
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
