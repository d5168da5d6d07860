/**
 * The memory of one network: which plane holds what. Without batch norm a few images at a time go
 * through the whole network and planes hold just those; with it a stage needs the whole batch, and
 * planes hold that, while scratch planes still hold a few images. What threads must not share is there
 * once for each.
 */
import type { Plan, PlanCandidate, PlanStage } from '../../../core/schedule.ts';
import type { Addresses } from './memory.ts';
import { type Extent, hasBatchNorm, inputOf, padOf } from './microbatches.ts';
import { type PaddedSlot, type ParameterLayout, padded } from './parameters.ts';
import { Arena, type Plane, type Size } from './planes.ts';
import { SHARES } from './reductionSlots.ts';
import type { Crew } from './teamMember.ts';

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
  /** Sums by share, one double a channel: outputs, squares about the mean, gradient · output. */
  readonly outputs: number;
  readonly squares: number;
  readonly dots: number;
}

/** The input layer of a stage. */
export interface StemWork extends Layer {
  /** Address of the ReLU bits; 0 without a ReLU, and where no gradient is taken. */
  readonly mask: number;
  readonly relu: boolean;
}

export interface StageWork {
  /** Null where the features of the stage before are the input as they are. */
  readonly stem: StemWork | null;
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
  /** Sums of `dMixed` by share, one double a channel; and their mean, one float a channel. */
  readonly dSums: number;
  readonly dMean: number;
}

export interface Workspace {
  readonly images: Plane;
  readonly stages: readonly StageWork[];
  readonly extent: Extent;
  readonly batchNorm: boolean;
  readonly classes: number;
  /** Gradients of the parameters by share; the first is where their sum goes. */
  readonly gradients: readonly number[];
  readonly gradientBytes: number;
  readonly logits: number;
  readonly dLogits: number;
  /** Address past the last byte. */
  readonly end: number;
}

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
  readonly extent: Extent;
  /** Whether planes that hold `slots` images are each thread's own. */
  readonly own: boolean;
  /** ReLU bits of one image. */
  readonly maskBytes: number;
  /** Gradients of the vertices, shared by the candidates. */
  readonly dVertices: readonly Plane[];
}

/** Takes `bytes` bytes for all threads, or for each. */
const hold = ({ arena, own }: Pick<StageFrame, 'arena' | 'own'>, bytes: number) =>
  own ? arena.own(bytes) : arena.take(bytes);

function stemWork(stem: PlanStage['stem'], frame: StageFrame): StemWork | null {
  if (!stem) return null;
  const { layout, extent, maskBytes } = frame;
  const { weight, bias, relu } = stem;
  const mask = relu && extent.training ? hold(frame, maskBytes * extent.slots) : 0;
  return { ...layerOf(layout, weight, bias), mask, relu };
}

function candidateWork(cell: PlanCandidate, frame: StageFrame): CandidateWork {
  const { arena, layout, size, channels, extent, own, maskBytes, dVertices } = frame;
  const { slots, window, training } = extent;
  const output = arena.plane(size, channels, slots, own);
  const innerSlots = training ? slots : window;
  const innerOwn = own || !training;
  const vertices = new Map<number, Plane>();
  for (let v = 0; v < cell.vertices; v++) {
    if (cell.sources.includes(v)) continue;
    vertices.set(v, arena.plane(size, channels, innerSlots, innerOwn));
  }
  const flat = cell.levels.flat();
  const operations = flat.map((op, i): OperationWork => {
    const inner = vertices.get(op.from) ?? null;
    const later = flat.slice(i + 1);
    return {
      ...layerOf(layout, op.weight, op.bias),
      x: inner,
      y: op.to === 'output' ? output : (vertices.get(op.to) ?? output),
      sets: !flat.slice(0, i).some(({ to }) => to === op.to),
      mask: training ? hold(frame, maskBytes * innerSlots) : 0,
      dTo: op.to === 'output' ? null : (dVertices[op.to] ?? null),
      dFrom: inner ? (dVertices[op.from] ?? null) : null,
      dSets: !later.some(({ from }) => from === op.from),
    };
  });
  const row = () => arena.own(channels * 4);
  const sums = () => arena.take(SHARES * channels * 8);
  return {
    operations,
    output,
    mean: row(),
    scale: row(),
    weighted: row(),
    along: row(),
    outputs: sums(),
    squares: sums(),
    dots: sums(),
  };
}

function stageWork(
  plan: Plan,
  stage: PlanStage,
  layout: ParameterLayout,
  arena: Arena,
  extent: Extent,
): StageWork {
  const { slots, window, training } = extent;
  const own = !hasBatchNorm(plan);
  const pad = padOf(plan);
  const { height, width } = stage.shape;
  const channels = padded(stage.shape.channels);
  const size = { height, width, pad };
  const { factor, type } = stage.pooling;
  const half = { height: Math.floor(height / factor), width: Math.floor(width / factor), pad };
  const vertices = Math.max(...stage.candidates.map((cell) => cell.vertices));
  const scratch = (of: Size, wanted: boolean) =>
    arena.plane(of, channels, wanted ? window : 0, true);
  const plane = (of: Size, wanted: boolean) => arena.plane(of, channels, wanted ? slots : 0, own);
  const dVertices = Array.from({ length: training ? vertices : 0 }, () => scratch(size, true));
  const maskBytes = (height * width * channels) / 4;
  const frame = { arena, layout, size, channels, extent, own, maskBytes, dVertices };
  const winnerBytes = half.height * half.width * channels;
  return {
    stem: stemWork(stage.stem, frame),
    size,
    channels,
    factor,
    average: type === 'average',
    input: plane(size, true),
    candidates: stage.candidates.map((cell) => candidateWork(cell, frame)),
    mixed: plane(size, true),
    pooled: plane(half, factor > 1),
    winners: hold(frame, winnerBytes * slots),
    winnerBytes,
    maskBytes,
    dMixed: plane(size, training),
    dPooled: scratch(half, training && factor > 1),
    dInput: scratch(size, training),
    dOutput: scratch(size, training),
    dz: scratch(size, training),
    dSums: arena.take(SHARES * channels * 8),
    dMean: arena.own(channels * 4),
  };
}

/** Lays out a network for one thread of a crew, behind its fixed part. */
export function layOut(
  plan: Plan,
  layout: ParameterLayout,
  addresses: Addresses,
  extent: Extent,
  crew: Pick<Crew, 'index' | 'count'>,
): Workspace {
  const arena = new Arena(addresses.end, crew);
  const own = !hasBatchNorm(plan);
  const { slots, shares, training } = extent;
  const { height, width, channels } = inputOf(plan);
  const size = { height, width, pad: padOf(plan) };
  const images = arena.plane(size, padded(channels), slots, own);
  const stages = plan.stages.map((stage) => stageWork(plan, stage, layout, arena, extent));
  const classes = padded(plan.classes);
  const rows = slots * classes * 4;
  const gradientBytes = layout.size * 4;
  const further = Array.from({ length: training ? shares - 1 : 0 }, () =>
    arena.take(gradientBytes),
  );
  return {
    images,
    stages,
    extent,
    batchNorm: !own,
    classes,
    gradients: [addresses.gradient, ...further],
    gradientBytes,
    logits: own ? arena.own(rows) : arena.take(rows),
    dLogits: own ? arena.own(rows) : arena.take(rows),
    end: arena.end,
  };
}
