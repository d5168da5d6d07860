/**
 * The memory of one network: which plane holds what. Without batch norm a few images at a time go
 * through the whole network and planes hold just those; with it a stage needs the whole batch, and
 * planes hold that, while scratch planes still hold a few images.
 */
import type { Plan, PlanCandidate, PlanStage } from '../../../core/schedule.ts';
import { type PaddedSlot, type ParameterLayout, padded } from './parameters.ts';
import { Arena, imageBytes, type Plane, type Size } from './planes.ts';

/** Part of a batch that goes through the kernels at once. */
export interface Window {
  /** First image in the batch, and in planes that hold `slots` images. */
  readonly first: number;
  readonly slot: number;
  readonly count: number;
}

/** A convolution: offsets of its parameters in floats. */
export interface Layer {
  readonly weight: number;
  readonly bias: number;
  readonly from: number;
  readonly to: number;
}

export interface OperationWork extends Layer {
  /** Source plane; null for the stage's input. */
  readonly x: Plane | null;
  readonly y: Plane;
  /** First into its target: sets instead of adding. */
  readonly sets: boolean;
  /** Address of the ReLU bits; 0 where no gradient is taken. */
  readonly mask: number;
  readonly dTo: Plane | null;
  readonly dFrom: Plane | null;
  /** First, going backwards, out of its source. */
  readonly dSets: boolean;
}

export interface CandidateWork {
  readonly operations: readonly OperationWork[];
  readonly output: Plane;
  /** Addresses of one float a channel, for batch norm: μ, 1/√(σ² + ε), w/√(σ² + ε), slope. */
  readonly mean: number;
  readonly scale: number;
  readonly weighted: number;
  readonly along: number;
}

export interface StageWork {
  readonly stem: Layer;
  readonly size: Size;
  readonly channels: number;
  readonly factor: number;
  readonly average: boolean;
  readonly input: Plane;
  readonly candidates: readonly CandidateWork[];
  readonly mixed: Plane;
  readonly pooled: Plane;
  readonly winners: number;
  readonly winnerBytes: number;
  readonly maskBytes: number;
  /** Gradients; `dMixed` holds as many images as `mixed`, the others a window. */
  readonly dMixed: Plane;
  readonly dPooled: Plane;
  readonly dInput: Plane;
  readonly dOutput: Plane;
  readonly dz: Plane;
}

export interface Workspace {
  readonly images: Plane;
  readonly stages: readonly StageWork[];
  /** Images a window holds at most, and images the planes hold. */
  readonly window: number;
  readonly slots: number;
  readonly batchNorm: boolean;
  /** Whether vertices and masks are kept for the way back. */
  readonly training: boolean;
  readonly classes: number;
  readonly logits: number;
  readonly dLogits: number;
  /** Address past the last byte. */
  readonly end: number;
}

/** A window's first-stage plane should fit the second-level cache. */
const WINDOW_BYTES = 224 * 1024;
const LEAST_WINDOW = 8;
const MOST_WINDOW = 64;

/** Images that go through the kernels at once; depends on the plan alone, and so do results. */
export function windowOf(plan: Plan): number {
  const largest = Math.max(
    ...plan.stages.map(({ shape }) =>
      imageBytes({ ...shape, pad: padOf(plan) }, padded(shape.channels)),
    ),
  );
  const fitting = Math.floor(WINDOW_BYTES / largest);
  return Math.min(MOST_WINDOW, Math.max(LEAST_WINDOW, fitting));
}

export const padOf = (plan: Plan) => (plan.operation.kernel - 1) / 2;

/** The place of a layer's parameters. */
export function layerOf(layout: ParameterLayout, weight: number, bias: number): Layer {
  const slot = layout.slots[weight] as PaddedSlot;
  const from = slot.paddedRows;
  const to = slot.paddedColumns;
  return { weight: slot.offset, bias: (layout.slots[bias] as PaddedSlot).offset, from, to };
}

interface StageFrame {
  readonly arena: Arena;
  readonly layout: ParameterLayout;
  readonly size: Size;
  readonly channels: number;
  readonly slots: number;
  readonly innerSlots: number;
  readonly training: boolean;
  /** Gradients of the vertices, shared by the candidates. */
  readonly dVertices: readonly Plane[];
}

function candidateWork(cell: PlanCandidate, frame: StageFrame): CandidateWork {
  const { arena, layout, size, channels, slots, innerSlots, training, dVertices } = frame;
  const output = arena.plane(size, channels, slots);
  const vertices = new Map<number, Plane>();
  for (let v = 0; v < cell.vertices; v++) {
    if (!cell.sources.includes(v)) vertices.set(v, arena.plane(size, channels, innerSlots));
  }
  const flat = cell.levels.flat();
  const maskBytes = (size.height * size.width * channels * innerSlots) / 4;
  const operations = flat.map((op, i): OperationWork => {
    const inner = vertices.get(op.from) ?? null;
    const later = flat.slice(i + 1);
    return {
      ...layerOf(layout, op.weight, op.bias),
      x: inner,
      y: op.to === 'output' ? output : (vertices.get(op.to) ?? output),
      sets: !flat.slice(0, i).some(({ to }) => to === op.to),
      mask: training ? arena.take(maskBytes) : 0,
      dTo: op.to === 'output' ? null : (dVertices[op.to] ?? null),
      dFrom: inner ? (dVertices[op.from] ?? null) : null,
      dSets: !later.some(({ from }) => from === op.from),
    };
  });
  const row = () => arena.take(channels * 4);
  return { operations, output, mean: row(), scale: row(), weighted: row(), along: row() };
}

function stageWork(
  plan: Plan,
  stage: PlanStage,
  layout: ParameterLayout,
  arena: Arena,
  held: { readonly slots: number; readonly window: number; readonly training: boolean },
): StageWork {
  const { slots, window, training } = held;
  const pad = padOf(plan);
  const { height, width } = stage.shape;
  const channels = padded(stage.shape.channels);
  const size = { height, width, pad };
  const { factor, type } = stage.pooling;
  const half = { height: Math.floor(height / factor), width: Math.floor(width / factor), pad };
  const vertices = Math.max(...stage.candidates.map((cell) => cell.vertices));
  const scratch = training ? window : 0;
  const dVertices = Array.from({ length: training ? vertices : 0 }, () =>
    arena.plane(size, channels, scratch),
  );
  const innerSlots = training ? slots : window;
  const frame = { arena, layout, size, channels, slots, innerSlots, training, dVertices };
  const { weight, bias } = stage.stem ?? { weight: 0, bias: 0 };
  const winnerBytes = half.height * half.width * channels;
  return {
    stem: layerOf(layout, weight, bias),
    size,
    channels,
    factor,
    average: type === 'average',
    input: arena.plane(size, channels, slots),
    candidates: stage.candidates.map((cell) => candidateWork(cell, frame)),
    mixed: arena.plane(size, channels, slots),
    pooled: arena.plane(half, channels, factor > 1 ? slots : 0),
    winners: arena.take(winnerBytes * slots),
    winnerBytes,
    maskBytes: (height * width * channels) / 4,
    dMixed: arena.plane(size, channels, training ? slots : 0),
    dPooled: arena.plane(half, channels, factor > 1 ? scratch : 0),
    dInput: arena.plane(size, channels, scratch),
    dOutput: arena.plane(size, channels, scratch),
    dz: arena.plane(size, channels, scratch),
  };
}

/** Lays out a network for batches of `batch` images from the address `start` on. */
export function layOut(
  plan: Plan,
  layout: ParameterLayout,
  start: number,
  batch: number,
  training: boolean,
): Workspace {
  const arena = new Arena(start);
  const batchNorm = plan.normalisation === 'batch';
  const window = windowOf(plan);
  const slots = batchNorm ? batch : window;
  const { height, width, channels } = plan.input;
  const size = { height, width, pad: padOf(plan) };
  const images = arena.plane(size, padded(channels), slots);
  const stages = plan.stages.map((stage) =>
    stageWork(plan, stage, layout, arena, { slots, window: Math.min(window, slots), training }),
  );
  const classes = padded(plan.classes);
  const logits = arena.take(slots * classes * 4);
  const dLogits = arena.take(slots * classes * 4);
  return {
    images,
    stages,
    window,
    slots,
    batchNorm,
    training,
    classes,
    logits,
    dLogits,
    end: arena.end,
  };
}

/** The windows of a batch, in groups: those of one group go through a stage before the next stage. */
export function windowsOf({ window, batchNorm }: Workspace, batch: number): Window[][] {
  const windows: Window[] = [];
  for (let first = 0; first < batch; first += window) {
    const count = Math.min(window, batch - first);
    windows.push({ first, slot: batchNorm ? first : 0, count });
  }
  return batchNorm ? [windows] : windows.map((one) => [one]);
}
