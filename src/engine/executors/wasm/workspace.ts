/**
 * The memory of one network: which plane holds what. Without batch norm a microbatch at a time goes
 * through the whole network and planes hold just that; with it a stage needs the whole batch, and
 * planes hold that, while scratch planes still hold a microbatch. What threads must not share is there
 * once for each.
 */
import type { Plan, PlanCandidate, PlanStage } from '../../../core/schedule.ts';
import {
  asBytes,
  type ByteAddress,
  type Bytes,
  doubleBytes,
  type FloatOffset,
  floatBytes,
  NOWHERE,
  type PaddedChannels,
  paddedChannels,
  repeated,
} from '../units.ts';
import type { Addresses } from './memory.ts';
import { type Capacity, hasBatchNorm, inputOf, padOf } from './microbatches.ts';
import type { PaddedSlot, ParameterLayout } from './parameters.ts';
import { Arena, type Plane, type Size } from './planes.ts';
import { REDUCTION_SLOTS } from './reductionSlots.ts';
import type { TeamMember } from './teamMember.ts';

/** A convolution: where its parameters lie, and its channels. */
export interface Layer {
  readonly weight: FloatOffset;
  readonly bias: FloatOffset;
  readonly from: PaddedChannels;
  readonly to: PaddedChannels;
}

export interface OperationWork extends Layer {
  /** Source plane; null for the stage's input. */
  readonly x: Plane | null;
  readonly y: Plane;
  /** First into its target: sets instead of adding. */
  readonly sets: boolean;
  /** Where the ReLU bits lie; `NOWHERE` where no gradient is taken. */
  readonly reluBits: ByteAddress;
  readonly dTo: Plane | null;
  readonly dFrom: Plane | null;
  /** First, going backwards, out of its source. */
  readonly dSets: boolean;
}

export interface CandidateWork {
  readonly operations: readonly OperationWork[];
  readonly output: Plane;
  /** One float a channel, for batch norm: μ, 1/√(σ² + ε), w/√(σ² + ε), slope. */
  readonly mean: ByteAddress;
  readonly scale: ByteAddress;
  readonly weighted: ByteAddress;
  readonly along: ByteAddress;
  /** Sums by reduction slot, one double a channel: outputs, squares about the mean, gradient · output. */
  readonly outputs: ByteAddress;
  readonly squares: ByteAddress;
  readonly dots: ByteAddress;
}

/** The input layer of a stage. */
export interface StemWork extends Layer {
  /** Where the ReLU bits lie; `NOWHERE` without a ReLU, and where no gradient is taken. */
  readonly reluBits: ByteAddress;
  readonly relu: boolean;
}

export interface StageWork {
  /** Null where the features of the stage before are the input as they are. */
  readonly stem: StemWork | null;
  readonly size: Size;
  readonly channels: PaddedChannels;
  readonly factor: number;
  readonly average: boolean;
  readonly input: Plane;
  readonly candidates: readonly CandidateWork[];
  readonly mixed: Plane;
  readonly pooled: Plane;
  readonly winners: ByteAddress;
  /** Of one image. */
  readonly winnerBytes: Bytes;
  readonly reluBytes: Bytes;
  /** Gradients; `dMixed` holds as many images as `mixed`, the others a microbatch. */
  readonly dMixed: Plane;
  readonly dPooled: Plane;
  readonly dInput: Plane;
  readonly dOutput: Plane;
  readonly dz: Plane;
  /** Sums of `dMixed` by reduction slot, one double a channel; and their mean, one float a channel. */
  readonly dSums: ByteAddress;
  readonly dMean: ByteAddress;
}

export interface Workspace {
  readonly images: Plane;
  readonly stages: readonly StageWork[];
  readonly capacity: Capacity;
  readonly batchNorm: boolean;
  readonly classes: PaddedChannels;
  /** Gradients of the parameters by reduction slot; the first is where their sum goes. */
  readonly gradients: readonly ByteAddress[];
  readonly gradientBytes: Bytes;
  readonly logits: ByteAddress;
  readonly dLogits: ByteAddress;
  /** Past the last byte. */
  readonly end: ByteAddress;
}

/** Where a layer's parameters lie. */
export function layerOf(layout: ParameterLayout, weight: number, bias: number): Layer {
  const slot = layout.slots[weight] as PaddedSlot;
  const from = paddedChannels(slot.rows);
  const to = paddedChannels(slot.columns);
  return { weight: slot.offset, bias: (layout.slots[bias] as PaddedSlot).offset, from, to };
}

interface StageFrame {
  readonly arena: Arena;
  readonly layout: ParameterLayout;
  readonly size: Size;
  readonly channels: PaddedChannels;
  readonly capacity: Capacity;
  /** Whether planes that hold `capacity.planeImages` images are each thread's own. */
  readonly own: boolean;
  /** ReLU bits of one image. */
  readonly reluBytes: Bytes;
  /** Gradients of the vertices, shared by the candidates. */
  readonly dVertices: readonly Plane[];
}

/** Takes room for all threads, or for each. */
const hold = ({ arena, own }: Pick<StageFrame, 'arena' | 'own'>, size: Bytes) =>
  own ? arena.own(size) : arena.take(size);

function stemWork(stem: PlanStage['stem'], frame: StageFrame): StemWork | null {
  if (!stem) return null;
  const { layout, capacity, reluBytes } = frame;
  const { weight, bias, relu } = stem;
  const kept = relu && capacity.training;
  const reluBits = kept ? hold(frame, repeated(reluBytes, capacity.planeImages)) : NOWHERE;
  return { ...layerOf(layout, weight, bias), reluBits, relu };
}

function candidateWork(cell: PlanCandidate, frame: StageFrame): CandidateWork {
  const { arena, layout, size, channels, capacity, own, reluBytes, dVertices } = frame;
  const { planeImages, microbatch, training } = capacity;
  const output = arena.plane(size, channels, planeImages, own);
  const innerImages = training ? planeImages : microbatch;
  const innerOwn = own || !training;
  const vertices = new Map<number, Plane>();
  for (let v = 0; v < cell.vertices; v++) {
    if (cell.sources.includes(v)) continue;
    vertices.set(v, arena.plane(size, channels, innerImages, innerOwn));
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
      reluBits: training ? hold(frame, repeated(reluBytes, innerImages)) : NOWHERE,
      dTo: op.to === 'output' ? null : (dVertices[op.to] ?? null),
      dFrom: inner ? (dVertices[op.from] ?? null) : null,
      dSets: !later.some(({ from }) => from === op.from),
    };
  });
  const row = () => arena.own(floatBytes(channels));
  const sums = () => arena.take(doubleBytes(REDUCTION_SLOTS * channels));
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
  capacity: Capacity,
): StageWork {
  const { planeImages, microbatch, training } = capacity;
  const own = !hasBatchNorm(plan);
  const pad = padOf(plan);
  const { height, width } = stage.shape;
  const channels = paddedChannels(stage.shape.channels);
  const size = { height, width, pad };
  const { factor, type } = stage.pooling;
  const half = { height: Math.floor(height / factor), width: Math.floor(width / factor), pad };
  const vertices = Math.max(...stage.candidates.map((cell) => cell.vertices));
  const scratch = (of: Size, wanted: boolean) =>
    arena.plane(of, channels, wanted ? microbatch : 0, true);
  const plane = (of: Size, wanted: boolean) =>
    arena.plane(of, channels, wanted ? planeImages : 0, own);
  const dVertices = Array.from({ length: training ? vertices : 0 }, () => scratch(size, true));
  const reluBytes = asBytes((height * width * channels) / 4);
  const frame = { arena, layout, size, channels, capacity, own, reluBytes, dVertices };
  const winnerBytes = asBytes(half.height * half.width * channels);
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
    winners: hold(frame, repeated(winnerBytes, planeImages)),
    winnerBytes,
    reluBytes,
    dMixed: plane(size, training),
    dPooled: scratch(half, training && factor > 1),
    dInput: scratch(size, training),
    dOutput: scratch(size, training),
    dz: scratch(size, training),
    dSums: arena.take(doubleBytes(REDUCTION_SLOTS * channels)),
    dMean: arena.own(floatBytes(channels)),
  };
}

/** Lays out a network for one member of a thread team, behind its fixed part. */
export function layOut(
  plan: Plan,
  layout: ParameterLayout,
  addresses: Addresses,
  capacity: Capacity,
  member: Pick<TeamMember, 'index' | 'count'>,
): Workspace {
  const arena = new Arena(addresses.end, member);
  const own = !hasBatchNorm(plan);
  const { planeImages, slots, training } = capacity;
  const { height, width, channels } = inputOf(plan);
  const size = { height, width, pad: padOf(plan) };
  const images = arena.plane(size, paddedChannels(channels), planeImages, own);
  const stages = plan.stages.map((stage) => stageWork(plan, stage, layout, arena, capacity));
  const classes = paddedChannels(plan.classes);
  const rows = floatBytes(planeImages * classes);
  const gradientBytes = floatBytes(layout.size);
  const further = Array.from({ length: training ? slots - 1 : 0 }, () => arena.take(gradientBytes));
  return {
    images,
    stages,
    capacity,
    batchNorm: !own,
    classes,
    gradients: [addresses.gradient, ...further],
    gradientBytes,
    logits: own ? arena.own(rows) : arena.take(rows),
    dLogits: own ? arena.own(rows) : arena.take(rows),
    end: arena.end,
  };
}
