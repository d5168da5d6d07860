/** A whole network as a list of parts, each with its tensor shape and its cost. */
import {
  architectureCost,
  type Cost,
  cellCost,
  classifierCost,
  type NetworkShape,
  stageShapes,
  stemCost,
} from '../../core/architecture.ts';
import { facts } from '../../core/cell.ts';
import { cellsOf, orderedCellId, readArchitecture } from '../../core/cellId.ts';
import { type CellDiff, diffCells } from './cellDiff.ts';
import type { NetworkModel } from './model.ts';

export interface NetworkPart {
  readonly kind: 'input' | 'stem' | 'cell' | 'pooling' | 'classifier';
  /** Null for input and classifier. */
  readonly stage: number | null;
  /** What it does, e.g. `conv 3×3, 3 → 8`. */
  readonly text: string;
  /** Shape that leaves it, e.g. `16×16×8`. */
  readonly output: string;
  readonly cost: Cost;
  /** Cost minus that of the same part of the compared architecture; null without one. */
  readonly change: Cost | null;
}

export interface NetworkStage {
  readonly stage: number;
  readonly operations: number;
  /** Edges against the compared architecture; null without one. */
  readonly diff: CellDiff | null;
  readonly parts: readonly NetworkPart[];
}

export interface NetworkParts {
  readonly input: NetworkPart;
  readonly stages: readonly NetworkStage[];
  readonly classifier: NetworkPart;
  readonly total: Cost;
  readonly change: Cost | null;
  /** Shape that enters each stage, then the classifier. */
  readonly between: readonly string[];
}

const NOTHING: Cost = { parameters: 0, flops: 0 };

const minus = (a: Cost, b: Cost): Cost => ({
  parameters: a.parameters - b.parameters,
  flops: a.flops - b.flops,
});

const image = (height: number, width: number, channels: number) => `${height}×${width}×${channels}`;

const isLinear = (shape: NetworkShape) => shape.operation.kind === 'linear';

/** The layer of an operation between so many values or channels. */
function layerText({ operation }: NetworkShape, from: number, to: number): string {
  const name =
    operation.kind === 'conv' ? `conv ${operation.kernel}×${operation.kernel}` : 'linear';
  return `${name}, ${from} → ${to}`;
}

function stageParts(model: NetworkModel, stage: number): NetworkStage {
  const { shape, architecture, compare } = model;
  const { vertices, masks } = readArchitecture(architecture);
  const sizes = stageShapes(shape)[stage];
  const mask = masks[stage] ?? 0;
  const base = compare ? readArchitecture(compare).masks[stage] : undefined;
  const { operations } = facts(vertices, mask);
  if (!sizes) return { stage, operations, diff: null, parts: [] };
  const { from, height, width, channels, pooled } = sizes;
  const linear = isLinear(shape);
  const inside = linear ? `${channels}` : image(height, width, channels);
  const costOf = (one: number) => cellCost(shape, stage, orderedCellId(vertices, one));
  const cost = costOf(mask);
  const same = compare ? NOTHING : null;
  const parts: NetworkPart[] = [];
  if (!linear || stage === 0) {
    const text = layerText(shape, from, channels);
    parts.push({
      kind: 'stem',
      stage,
      text: linear ? `${text}, ReLU` : text,
      output: inside,
      cost: stemCost(shape, stage),
      change: same,
    });
  }
  parts.push({
    kind: 'cell',
    stage,
    text: `${operations} × ${layerText(shape, channels, channels)}, ReLU`,
    output: inside,
    cost,
    change: base === undefined ? null : minus(cost, costOf(base)),
  });
  const factor = shape.stages[stage]?.pooling ?? 1;
  if (!linear && factor > 1) {
    parts.push({
      kind: 'pooling',
      stage,
      text: `pooling ${factor}×${factor}`,
      output: image(pooled.height, pooled.width, channels),
      cost: NOTHING,
      change: same,
    });
  }
  return {
    stage,
    operations,
    diff: base === undefined ? null : diffCells(vertices, mask, base),
    parts,
  };
}

/**
 * All parts from the image to the classes.
 * @throws LabError `config-invalid` if pooling leaves no pixel, `internal` if the architecture has
 * another number of stages than the shape.
 */
export function networkParts(model: NetworkModel): NetworkParts {
  const { shape, architecture, compare } = model;
  const { input, classes } = shape;
  const total = architectureCost(shape, cellsOf(architecture));
  const stages = shape.stages.map((_, stage) => stageParts(model, stage));
  const last = stageShapes(shape).at(-1);
  const features = last ? last.pooled.height * last.pooled.width * last.channels : 0;
  const entering = image(input.height, input.width, input.channels);
  const same = compare ? NOTHING : null;
  return {
    input: {
      kind: 'input',
      stage: null,
      text: 'image',
      output: entering,
      cost: NOTHING,
      change: same,
    },
    stages,
    classifier: {
      kind: 'classifier',
      stage: null,
      text: `linear, ${features} → ${classes}`,
      output: `${classes} classes`,
      cost: classifierCost(shape),
      change: same,
    },
    total,
    change: compare ? minus(total, architectureCost(shape, cellsOf(compare))) : null,
    between: [
      isLinear(shape) ? `${input.height * input.width * input.channels}` : entering,
      ...stages.map(({ parts }) => parts.at(-1)?.output ?? ''),
    ],
  };
}
