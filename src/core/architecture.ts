/**
 * What an architecture, one cell a stage, costs to run: parameters and FLOPs of
 * single networks and of supernets, by the same rules as the plan that `schedule.ts` compiles.
 * FLOPs are 2 × multiply–accumulates of the forward pass of one image; biases, sums, activations,
 * pooling and normalisation are not counted.
 */
import { facts } from './cell.ts';
import { readCell } from './cellId.ts';
import { LabError } from './errors.ts';
import type { Random } from './random.ts';
import { candidateCount, type Region } from './region.ts';
import type { PartId } from './space/ids.ts';

/** What an architecture is built into. */
export interface NetworkShape {
  readonly input: { readonly height: number; readonly width: number; readonly channels: number };
  readonly classes: number;
  readonly operation:
    | { readonly kind: 'conv'; readonly kernel: number }
    | { readonly kind: 'linear'; readonly width: number };
  /** `linear` operations ignore both numbers: every stage has the operations' width, no pooling. */
  readonly stages: readonly { readonly channels: number; readonly pooling: number }[];
}

export interface Cost {
  readonly parameters: number;
  /** Of the forward pass of one image. */
  readonly flops: number;
}

export interface SupernetCost {
  /** Cells trained side by side: S·k. */
  readonly cells: number;
  readonly parameters: number;
  /** Of the forward pass of one image. */
  readonly flops: number;
  /** Of one training step: 3 × forward × batch, backward being counted as two forwards. */
  readonly flopsPerStep: number;
  /** Estimate of the float32 tensors kept for the backward pass of one step. */
  readonly activationBytes: number;
}

/** Shapes along one stage. In `linear` networks height = width = 1 after the first layer. */
export interface StageShape {
  /** Channels that enter the stage; all values of the image in the first `linear` stage. */
  readonly from: number;
  /** Inside the stage, before pooling. */
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** After pooling. */
  readonly pooled: { readonly height: number; readonly width: number };
}

/**
 * Shapes of every stage. Pooling divides and rounds down.
 * @throws LabError `config-invalid` if pooling leaves less than one pixel.
 */
export function stageShapes({ input, operation, stages }: NetworkShape): StageShape[] {
  if (operation.kind === 'linear') {
    const values = input.height * input.width * input.channels;
    return stages.map((_, s) => ({
      from: s === 0 ? values : operation.width,
      height: 1,
      width: 1,
      channels: operation.width,
      pooled: { height: 1, width: 1 },
    }));
  }
  let { height, width, channels: from } = input;
  return stages.map(({ channels, pooling }, s) => {
    const pooled = { height: Math.floor(height / pooling), width: Math.floor(width / pooling) };
    if (pooled.height < 1 || pooled.width < 1) {
      throw new LabError(
        'config-invalid',
        `space.pooling: stage ${s + 1} pools ${height}×${width} pixels by ${pooling}, which leaves none. Use a smaller factor or fewer stages.`,
        { field: 'space.pooling', value: pooling, bound: Math.min(height, width) },
      );
    }
    const shape = { from, height, width, channels, pooled };
    ({ height, width } = pooled);
    from = channels;
    return shape;
  });
}

/** A layer applied at every pixel: `fanIn` weights and one bias for each of `to` outputs. */
const layerCost = (fanIn: number, to: number, pixels: number): Cost => ({
  parameters: (fanIn + 1) * to,
  flops: 2 * fanIn * to * pixels,
});

const times = (cost: Cost, count: number): Cost => ({
  parameters: cost.parameters * count,
  flops: cost.flops * count,
});

const total = (costs: readonly Cost[]): Cost => ({
  parameters: costs.reduce((sum, cost) => sum + cost.parameters, 0),
  flops: costs.reduce((sum, cost) => sum + cost.flops, 0),
});

function shapeOf(shape: NetworkShape, stage: number): StageShape {
  const found = stageShapes(shape)[stage];
  if (!found) throw new LabError('internal', `There is no stage ${stage + 1}.`);
  return found;
}

/** Weights that one output value of a stage's layer sums over, for `channels` inputs. */
const fanIn = ({ operation }: NetworkShape, channels: number) =>
  operation.kind === 'conv' ? operation.kernel ** 2 * channels : channels;

/** Cost of the cell alone: its operations, without the stage's stem. `stage` counts from 0. */
export function cellCost(shape: NetworkShape, stage: number, cell: PartId): Cost {
  const { height, width, channels } = shapeOf(shape, stage);
  const { vertices, mask } = readCell(cell);
  const one = layerCost(fanIn(shape, channels), channels, height * width);
  return times(one, facts(vertices, mask).operations);
}

/** Cost of a stage's input layer; nothing for the later stages of `linear` networks. */
export function stemCost(shape: NetworkShape, stage: number): Cost {
  const { from, height, width, channels } = shapeOf(shape, stage);
  if (shape.operation.kind === 'linear' && stage > 0) return { parameters: 0, flops: 0 };
  return layerCost(fanIn(shape, from), channels, height * width);
}

/** Cost of the dense layer from the flattened features to the classes. */
export function classifierCost(shape: NetworkShape): Cost {
  const { pooled, channels } = shapeOf(shape, shape.stages.length - 1);
  return layerCost(pooled.height * pooled.width * channels, shape.classes, 1);
}

/** Cost of one architecture. @throws LabError `internal` if it has not one cell a stage. */
export function architectureCost(shape: NetworkShape, cells: readonly PartId[]): Cost {
  const { flops, parameters } = supernetCost(
    shape,
    cells.map((cell) => [cell]),
    1,
  );
  return { parameters, flops };
}

/**
 * Values that the backward pass of one cell needs, in tensors of the stage's size: two an operation
 * (before and after ReLU), a sum for each inner vertex, the cell's own sum, and that sum weighted.
 */
function keptTensors(cell: PartId): number {
  const { vertices, mask } = readCell(cell);
  const { operations, sources } = facts(vertices, mask);
  return 2 * operations + (vertices - sources) + 2;
}

/**
 * Cost of a region's supernet: S·k cells, one stem a stage that its candidates share, one
 * classifier. `batch` is the number of images of a step. Linear in S·k (arXiv 2404.16218).
 * @throws LabError `internal` if the region has another number of stages than the shape.
 */
export function supernetCost(shape: NetworkShape, region: Region, batch: number): SupernetCost {
  if (region.length !== shape.stages.length) {
    throw new LabError(
      'internal',
      `${region.length} stages of cells for a network of ${shape.stages.length} stages.`,
    );
  }
  const costs = region.flatMap((cells, s) => [
    stemCost(shape, s),
    ...cells.map((cell) => cellCost(shape, s, cell)),
  ]);
  const { parameters, flops } = total([...costs, classifierCost(shape)]);
  const shapes = stageShapes(shape);
  const values = region.reduce((sum, cells, s) => {
    const { height, width, channels, pooled } = shapes[s]!;
    const kept = cells.reduce((tensors, cell) => tensors + keptTensors(cell), 2);
    return sum + channels * (kept * height * width + pooled.height * pooled.width);
  }, 2 * shape.classes);
  return {
    cells: candidateCount(region),
    parameters,
    flops,
    flopsPerStep: 3 * flops * batch,
    activationBytes: 4 * batch * values,
  };
}

/** Pooling after each stage under the reference rule. */
function referencePooling(stages: number, random: Random): number[] {
  if (stages < 4) return [4, ...[[], [4], [2, 2]][stages - 1]!];
  const inner = random.shuffle(Array.from({ length: stages - 2 }, (_, i) => i + 1)).slice(0, 2);
  const pooled = new Set([0, stages - 1, ...inner]);
  return Array.from({ length: stages }, (_, s) => (pooled.has(s) ? 2 : 1));
}

/**
 * Channels and pooling of every stage by the reference rule: the last stage has `lastChannels`; an
 * earlier one has that divided by the pooling factors between it and the last (rounded, at least 1).
 * Pooling: [4], [4,4], [4,2,2]; from four stages on 2 at both ends and after two random inner
 * stages, else 1. (The authors' public code; rounding is our choice.)
 * @throws LabError `config-invalid` unless `stages` is a whole number from 1 on.
 */
export function referenceChannels(
  stages: number,
  lastChannels: number,
  random: Random,
): { readonly channels: number[]; readonly pooling: number[] } {
  if (!Number.isInteger(stages) || stages < 1) {
    throw new LabError('config-invalid', `space.stages: use a whole number from 1, not ${stages}.`);
  }
  const pooling = referencePooling(stages, random);
  const channels = pooling.map((_, s) => {
    const divisor = pooling.slice(s, stages - 1).reduce((product, factor) => product * factor, 1);
    return Math.max(1, Math.round(lastChannels / divisor));
  });
  return { channels, pooling };
}
