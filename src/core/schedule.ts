/**
 * Compiles a region, a task and the options into a plan: plain data that lists the stages, the
 * levels of operations that can run together, and where every parameter lives in one flat index
 * space. Executors run plans; rankers and evaluation know executors only. A network trained alone is
 * a plan with one candidate per stage.
 */
import { type NetworkShape, type StageShape, stageShapes } from './architecture.ts';
import { type Operation, operationsOf, sinksOf, sourcesOf } from './cell.ts';
import { readCell } from './cellId.ts';
import type { Region } from './region.ts';
import type { Normalisation, OperationKind, PoolingType, WeightInit } from './run/config.ts';
import type { PartId } from './space/ids.ts';

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** One tensor in the flat parameter vector. */
export interface ParameterSlot {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
  /** Inputs summed by one output unit of the layer (a bias carries its layer's). */
  readonly fanIn: number;
  /** `cell` slots take the He gain 2 when asked for, all others gain 1. */
  readonly role: 'stem' | 'cell' | 'classifier';
}

/** An operation of a cell: input vertex → output vertex (or OUTPUT), with its parameter slots. */
export interface PlanOperation extends Operation {
  readonly weight: number;
  readonly bias: number;
}

export interface PlanCandidate {
  readonly cell: PartId;
  readonly vertices: number;
  /** Vertices fed by INPUT. */
  readonly sources: readonly number[];
  readonly sinks: readonly number[];
  /** `levels[l]` holds operations whose source vertices are complete after level l − 1. */
  readonly levels: readonly (readonly PlanOperation[])[];
}

export interface PlanStage {
  readonly candidates: readonly PlanCandidate[];
  /** Slots of the input convolution (or first dense layer); null where a stage has none. */
  readonly stem: { readonly weight: number; readonly bias: number; readonly relu: boolean } | null;
  /** Shape inside the stage, before pooling. `linear` plans have height = width = 1. */
  readonly shape: ImageShape;
  readonly pooling: { readonly factor: number; readonly type: PoolingType };
}

export interface Plan {
  readonly version: 1;
  readonly input: ImageShape;
  readonly classes: number;
  readonly operation: { readonly kind: OperationKind; readonly kernel: number };
  readonly normalisation: Normalisation;
  readonly weightInit: WeightInit;
  readonly stages: readonly PlanStage[];
  readonly classifier: {
    readonly weight: number;
    readonly bias: number;
    readonly features: number;
  };
  readonly slots: readonly ParameterSlot[];
  readonly parameterCount: number;
}

/** Appends slots to the flat layout and hands out their indices. */
class Layout {
  readonly slots: ParameterSlot[] = [];
  private offset = 0;

  add(name: string, shape: readonly number[], fanIn: number, role: ParameterSlot['role']): number {
    const size = shape.reduce((a, b) => a * b, 1);
    this.slots.push({ name, shape, offset: this.offset, size, fanIn, role });
    this.offset += size;
    return this.slots.length - 1;
  }

  get count(): number {
    return this.offset;
  }
}

function weightShape({ kind, kernel }: Plan['operation'], from: number, to: number): number[] {
  return kind === 'conv' ? [kernel, kernel, from, to] : [from, to];
}

/** Inputs of one output unit of a layer. */
const inputsOf = (shape: readonly number[]) => shape.slice(0, -1).reduce((a, b) => a * b, 1);

function compileCandidate(
  layout: Layout,
  name: string,
  cell: PartId,
  channels: number,
  operation: Plan['operation'],
): PlanCandidate {
  const { vertices, mask } = readCell(cell);
  const shape = weightShape(operation, channels, channels);
  const fanIn = inputsOf(shape);
  const levels: PlanOperation[][] = [];
  for (const op of operationsOf(vertices, mask)) {
    const label = `${name}.${op.from}-${op.to}`;
    const weight = layout.add(`${label}.weight`, shape, fanIn, 'cell');
    const bias = layout.add(`${label}.bias`, [channels], fanIn, 'cell');
    let level = levels[op.level];
    if (!level) {
      level = [];
      levels[op.level] = level;
    }
    level.push({ ...op, weight, bias });
  }
  return {
    cell,
    vertices,
    sources: sourcesOf(vertices, mask),
    sinks: sinksOf(vertices, mask),
    levels,
  };
}

/** How a plan's networks are built, besides their shape. */
export interface PlanOptions {
  readonly poolingType: PoolingType;
  readonly normalisation: Normalisation;
  readonly weightInit: WeightInit;
}

function compileStem(
  layout: Layout,
  operation: Plan['operation'],
  stage: number,
  { from, channels }: StageShape,
): PlanStage['stem'] {
  if (operation.kind === 'linear' && stage > 0) return null;
  const shape = weightShape(operation, from, channels);
  const fanIn = inputsOf(shape);
  return {
    weight: layout.add(`${stage}.stem.weight`, shape, fanIn, 'stem'),
    bias: layout.add(`${stage}.stem.bias`, [channels], fanIn, 'stem'),
    relu: operation.kind === 'linear',
  };
}

/**
 * Compiles the supernet of a region, or a single network (one candidate a stage).
 * @throws LabError `config-invalid` when pooling would leave less than one pixel.
 */
export function compilePlan(region: Region, network: NetworkShape, options: PlanOptions): Plan {
  const { input, classes } = network;
  const operation: Plan['operation'] =
    network.operation.kind === 'conv' ? network.operation : { kind: 'linear', kernel: 1 };
  const layout = new Layout();
  const shapes = stageShapes(network);
  const stages = region.map((cells, s): PlanStage => {
    const shape = shapes[s] as StageShape;
    const { height, width, channels } = shape;
    const stem = compileStem(layout, operation, s, shape);
    const candidates = cells.map((cell, i) =>
      compileCandidate(layout, `${s}.${i}`, cell, channels, operation),
    );
    const factor = operation.kind === 'linear' ? 1 : (network.stages[s]?.pooling ?? 1);
    const pooling = { factor, type: options.poolingType };
    return { candidates, stem, shape: { height, width, channels }, pooling };
  });
  const { pooled, channels } = shapes[shapes.length - 1] as StageShape;
  const features = pooled.height * pooled.width * channels;
  const classifier = {
    weight: layout.add('classifier.weight', [features, classes], features, 'classifier'),
    bias: layout.add('classifier.bias', [classes], features, 'classifier'),
    features,
  };
  const { normalisation, weightInit } = options;
  return {
    version: 1,
    input,
    classes,
    operation,
    normalisation,
    weightInit,
    stages,
    classifier,
    slots: layout.slots,
    parameterCount: layout.count,
  };
}

/** Start of each stage's candidates in the flat alpha vector, and its length at the end. */
export function alphaOffsets(plan: Plan): number[] {
  const offsets = [0];
  for (const stage of plan.stages) {
    offsets.push((offsets[offsets.length - 1] as number) + stage.candidates.length);
  }
  return offsets;
}
