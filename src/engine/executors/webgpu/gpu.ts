/**
 * The device that tfjs made, with pipelines, buffers, dispatches and read-backs of our own. Nothing
 * here is shared with tfjs but the device and its queue, whose order is that of the submits.
 *
 * A device does not throw: it is lost, or reports an error to nobody in particular. Both are kept
 * here as `failure`, and whoever waits for the device gets it.
 */
import { LabError } from '../../../core/errors.ts';
import { currentDevice, deviceLost, deviceRefused } from '../../device.ts';
import { asBytes, type Bytes } from '../units.ts';
import type { MemoryLimits } from './memory.ts';
import { type Kernel, WORKGROUP } from './shaders/template.ts';

/** Flags of GPUBufferUsage and GPUMapMode, which TypeScript's library lacks. */
const USAGE = { mapRead: 1, copySource: 4, copyTarget: 8, uniform: 64, storage: 128 };
const MAP_READ = 1;

/** Work of one submit, in multiply–accumulates, so that the page's own drawing gets its turn. */
const BURST = 4e9;

/** Most workgroups in x; the rest goes to y where a kernel expects it. */
const ROW = 65536 / WORKGROUP;

interface Program {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** One dispatch, ready to run. */
export interface Dispatch {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly x: number;
  readonly y: number;
  /** Multiply–accumulates. */
  readonly work: number;
}

/** One dispatch before its pipeline is compiled. */
export interface Planned {
  readonly kernel: Kernel;
  readonly resources: { readonly [name: string]: GPUBuffer };
  readonly x: number;
  readonly y: number;
  readonly work: number;
}

/** `threads` × `rows`. */
export function plan<Name extends string>(
  kernel: Kernel<Name>,
  resources: Readonly<Record<Name, GPUBuffer>>,
  threads: number,
  rows: number,
  work = 0,
): Planned {
  return { kernel, resources, x: Math.ceil(threads / WORKGROUP), y: rows, work };
}

/** For kernels that count `id.y * 65536 + id.x`. */
export function planFlat<Name extends string>(
  kernel: Kernel<Name>,
  resources: Readonly<Record<Name, GPUBuffer>>,
  threads: number,
): Planned {
  const groups = Math.ceil(threads / WORKGROUP);
  return { kernel, resources, x: Math.min(groups, ROW), y: Math.ceil(groups / ROW), work: 0 };
}

const isOutOfMemory = (error: GPUError) =>
  typeof GPUOutOfMemoryError !== 'undefined' && error instanceof GPUOutOfMemoryError;

const noRoom = (message: string) =>
  new LabError(
    'out-of-memory',
    `The GPU has no room left (${message}). Use fewer candidates, fewer channels or a smaller batch, or use WASM.`,
  );

export class Gpu {
  readonly device: GPUDevice;
  failure: LabError | null = null;
  private readonly programs = new Map<string, Promise<Program>>();

  constructor(device: GPUDevice) {
    this.device = device;
    device.addEventListener('uncapturederror', ({ error }) => {
      this.failure ??= isOutOfMemory(error) ? noRoom(error.message) : deviceRefused(error.message);
    });
    void device.lost.then(({ message }) => {
      this.failure = deviceLost(message);
    });
  }

  /** @throws the failure, if there is one. */
  check(): void {
    if (this.failure) throw this.failure;
  }

  get limits(): MemoryLimits {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.device.limits;
    const buffer = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    return { buffer, total: Number.POSITIVE_INFINITY };
  }

  storage(label: string, bytes: Bytes): GPUBuffer {
    const size = Math.max(16, Math.ceil(bytes / 16) * 16);
    const usage = USAGE.storage | USAGE.copySource | USAGE.copyTarget;
    return this.device.createBuffer({ label, size, usage });
  }

  uniform(label: string, bytes: number): GPUBuffer {
    const usage = USAGE.uniform | USAGE.copyTarget;
    return this.device.createBuffer({ label, size: bytes, usage });
  }

  /** A storage buffer that holds `values`. */
  filled(label: string, values: Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>): GPUBuffer {
    const buffer = this.storage(label, asBytes(values.byteLength));
    this.write(buffer, values);
    return buffer;
  }

  write(
    buffer: GPUBuffer,
    values: ArrayBuffer | Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
    offset = asBytes(0),
  ): void {
    if (values.byteLength > 0) this.device.queue.writeBuffer(buffer, offset, values);
  }

  private program({ label, bindings, code }: Kernel): Promise<Program> {
    const known = this.programs.get(code);
    if (known) return known;
    const { device } = this;
    const types = { uniform: 'uniform', read: 'read-only-storage', write: 'storage' } as const;
    const layout = device.createBindGroupLayout({
      label,
      entries: Object.values(bindings).map(({ access }, binding) => ({
        binding,
        visibility: 4,
        buffer: { type: types[access] },
      })),
    });
    const made = device
      .createComputePipelineAsync({
        label,
        layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
        compute: { module: device.createShaderModule({ label, code }), entryPoint: 'main' },
      })
      .then((pipeline) => ({ pipeline, layout }))
      .catch((thrown: unknown) => {
        const why = thrown instanceof Error ? thrown.message : String(thrown);
        throw this.failure ?? deviceRefused(`${label}: ${why}`);
      });
    this.programs.set(code, made);
    return made;
  }

  /** Compiles what is new and binds the buffers. @throws LabError if the device refuses a kernel. */
  prepare(planned: readonly Planned[]): Promise<Dispatch[]> {
    return Promise.all(
      planned.map(async ({ kernel, resources, x, y, work }) => {
        const { pipeline, layout } = await this.program(kernel);
        const entries = Object.keys(kernel.bindings).map((name, binding) => {
          const buffer = resources[name];
          if (!buffer) throw new RangeError(`${kernel.label} lacks the buffer "${name}".`);
          return { binding, resource: { buffer } };
        });
        const group = this.device.createBindGroup({ label: kernel.label, layout, entries });
        return { label: kernel.label, pipeline, group, x, y, work };
      }),
    );
  }

  /** Runs dispatches in order, in as many submits as their work asks for. */
  run(dispatches: readonly Dispatch[]): void {
    let at = 0;
    while (at < dispatches.length) {
      const encoder = this.device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      for (let work = 0; at < dispatches.length && work < BURST; at++) {
        const { pipeline, group, x, y, work: own } = dispatches[at] as Dispatch;
        work += own;
        if (x === 0 || y === 0) continue;
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(x, y);
      }
      pass.end();
      this.device.queue.submit([encoder.finish()]);
    }
  }

  /** Waits until everything submitted is done. @throws the failure of the device. */
  async finished(): Promise<void> {
    await this.device.queue.onSubmittedWorkDone();
    this.check();
  }

  /** Reads buffers as numbers in one transfer. @throws the failure of the device. */
  async read(buffers: readonly GPUBuffer[]): Promise<Float32Array<ArrayBuffer>[]> {
    this.check();
    const size = buffers.reduce((sum, buffer) => sum + buffer.size, 0);
    const usage = USAGE.mapRead | USAGE.copyTarget;
    const staging = this.device.createBuffer({ label: 'read-back', size, usage });
    const encoder = this.device.createCommandEncoder();
    let offset = 0;
    for (const buffer of buffers) {
      encoder.copyBufferToBuffer(buffer, 0, staging, offset, buffer.size);
      offset += buffer.size;
    }
    this.device.queue.submit([encoder.finish()]);
    try {
      await staging.mapAsync(MAP_READ);
    } catch (thrown) {
      staging.destroy();
      throw this.failure ?? deviceLost(thrown instanceof Error ? thrown.message : '');
    }
    this.check();
    const bytes = staging.getMappedRange().slice(0);
    staging.destroy();
    let from = 0;
    return buffers.map((buffer) => {
      const values = new Float32Array(bytes, from, buffer.size / 4);
      from += buffer.size;
      return values;
    });
  }

  /**
   * Runs `allocate`, which makes buffers; resolves with them.
   * @throws LabError `out-of-memory` when the device has no room; then nothing is kept.
   */
  async allocate<T>(
    allocate: (keep: (buffer: GPUBuffer) => GPUBuffer) => T,
    outOfMemory: () => LabError,
  ): Promise<T> {
    this.check();
    const kept: GPUBuffer[] = [];
    this.device.pushErrorScope('out-of-memory');
    const result = allocate((buffer) => {
      kept.push(buffer);
      return buffer;
    });
    const error = await this.device.popErrorScope();
    this.check();
    if (!error) return result;
    for (const buffer of kept) buffer.destroy();
    throw outOfMemory();
  }
}

const known = new WeakMap<GPUDevice, Gpu>();

/** The device of the current backend. @throws LabError `backend-unavailable` without WebGPU. */
export function currentGpu(): Gpu {
  const device = currentDevice();
  if (!device) {
    throw new LabError('backend-unavailable', 'The WebGPU executor needs the WebGPU backend.');
  }
  let gpu = known.get(device);
  if (!gpu) {
    gpu = new Gpu(device);
    known.set(device, gpu);
  }
  return gpu;
}
