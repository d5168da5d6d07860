/**
 * A trained network as a list of named values in the order of computation: what every export format
 * is written from. A value is a sum of layers, or something done to one value before it.
 */
import { LabError } from '../../core/errors.ts';
import type { ImageShape, ParameterSlot, Plan, PlanCandidate } from '../../core/schedule.ts';
import type { CellStatistics, TrainedModel } from '../../core/trainedModel.ts';

/** A convolution (weight [k,k,in,out], same padding) or a dense layer (weight [in,out]). */
export interface Layer {
  /** Letters, digits and `_`, e.g. `stage1_0_2`; unique. */
  readonly name: string;
  readonly weight: ParameterSlot;
  readonly bias: ParameterSlot;
  readonly relu: boolean;
}

/** `name` is unique among values; `input` names an earlier value, or `input` itself. */
export type GraphValue =
  | {
      readonly kind: 'sum';
      readonly name: string;
      /** Added up; at least one. */
      readonly terms: readonly { readonly layer: Layer; readonly input: string }[];
    }
  | {
      readonly kind: 'normalise';
      readonly name: string;
      readonly input: string;
      readonly statistics: CellStatistics;
    }
  | {
      readonly kind: 'pool';
      readonly name: string;
      readonly input: string;
      readonly factor: number;
      readonly type: 'max' | 'average';
    }
  | {
      readonly kind: 'flatten';
      readonly name: string;
      readonly input: string;
      readonly shape: ImageShape;
    };

export interface GraphPart {
  /** For a comment, e.g. `Stage 1: 14×14, 4 channels`. */
  readonly title: string;
  readonly values: readonly GraphValue[];
}

export interface Graph {
  readonly input: ImageShape;
  readonly classes: number;
  readonly parts: readonly GraphPart[];
  /** Name of the logits. */
  readonly output: string;
  /** Every layer and where its input comes flattened from, if it does. */
  readonly layers: readonly LayerUse[];
}

export interface LayerUse {
  readonly layer: Layer;
  /** Shape of the image that the dense layer's rows run over (height, width, channels); else null. */
  readonly flattened: ImageShape | null;
}

/** Epsilon of batch norm, as in engine/ops/normalise. */
export const EPSILON = 1e-5;

function slotOf(plan: Plan, index: number): ParameterSlot {
  const slot = plan.slots[index];
  if (!slot) throw new LabError('internal', `The plan has no parameter ${index}.`);
  return slot;
}

function layerOf(
  plan: Plan,
  name: string,
  slots: { readonly weight: number; readonly bias: number },
  relu: boolean,
): Layer {
  const { weight, bias } = slots;
  return { name, weight: slotOf(plan, weight), bias: slotOf(plan, bias), relu };
}

/** The sums of a cell, its output last. `source` names the value that INPUT feeds. */
function cellValues(plan: Plan, cell: PlanCandidate, prefix: string, source: string): GraphValue[] {
  const nameOf = (to: number | 'output') => (to === 'output' ? 'cell' : `v${to}`);
  const terms = new Map<number | 'output', { layer: Layer; input: string }[]>();
  for (const op of cell.levels.flat()) {
    const end = op.to === 'output' ? 'out' : op.to;
    const layer = layerOf(plan, `${prefix}_${op.from}_${end}`, op, true);
    const input = cell.sources.includes(op.from) ? source : `${prefix}_${nameOf(op.from)}`;
    const list = terms.get(op.to);
    if (list) list.push({ layer, input });
    else terms.set(op.to, [{ layer, input }]);
  }
  // Edges go from lower to higher numbers, so that this order is one of computation.
  const ends = [...terms.keys()].sort((a, b) => (a === 'output' ? 1 : b === 'output' ? -1 : a - b));
  return ends.map((to) => ({
    kind: 'sum',
    name: `${prefix}_${nameOf(to)}`,
    terms: terms.get(to) ?? [],
  }));
}

function normalisation(network: TrainedModel, stage: number, input: string): GraphValue[] {
  const { plan, calibration } = network;
  if (plan.normalisation === 'none') return [];
  const statistics = calibration?.cells[stage];
  if (plan.normalisation === 'l2' || !statistics) {
    throw new LabError(
      'usage',
      plan.normalisation === 'l2'
        ? 'L2 normalisation divides by a norm over the whole batch, which no other format can express. Export as JSON, or train with batch norm or without normalisation.'
        : 'Batch norm needs fixed statistics before it can be exported. Calibrate the network first.',
      { normalisation: plan.normalisation },
    );
  }
  return [{ kind: 'normalise', name: `stage${stage + 1}_norm`, input, statistics }];
}

function stagePart(network: TrainedModel, stage: number, before: string): GraphPart {
  const { plan } = network;
  const { stem, shape, candidates, pooling } = plan.stages[stage]!;
  const [cell] = candidates;
  if (!cell || candidates.length > 1) {
    throw new LabError('internal', `Stage ${stage + 1} has ${candidates.length} candidates.`);
  }
  const prefix = `stage${stage + 1}`;
  const values: GraphValue[] = [];
  const last = () => values.at(-1)?.name ?? before;
  if (stem) {
    const layer = layerOf(plan, `${prefix}_stem`, stem, stem.relu);
    values.push({ kind: 'sum', name: `${prefix}_in`, terms: [{ layer, input: before }] });
  }
  values.push(...cellValues(plan, cell, prefix, last()));
  values.push(...normalisation(network, stage, last()));
  const { factor, type } = pooling;
  if (factor > 1) {
    values.push({ kind: 'pool', name: `${prefix}_pool`, input: last(), factor, type });
  }
  const size = plan.operation.kind === 'conv' ? `${shape.height}×${shape.width}, ` : '';
  return {
    title: `Stage ${stage + 1}: ${size}${shape.channels} ${size ? 'channels' : 'units'}`,
    values,
  };
}

/** Shape after the last pooling. */
function featureShape({ stages }: Plan): ImageShape {
  const { shape, pooling } = stages.at(-1)!;
  return {
    height: Math.floor(shape.height / pooling.factor),
    width: Math.floor(shape.width / pooling.factor),
    channels: shape.channels,
  };
}

function layerUses(parts: readonly GraphPart[]): LayerUse[] {
  const flattened = new Map<string, ImageShape>();
  const uses: LayerUse[] = [];
  for (const value of parts.flatMap(({ values }) => values)) {
    if (value.kind === 'flatten') flattened.set(value.name, value.shape);
    if (value.kind !== 'sum') continue;
    for (const { layer, input } of value.terms) {
      uses.push({ layer, flattened: flattened.get(input) ?? null });
    }
  }
  return uses;
}

/**
 * The graph of a network.
 * @throws LabError `usage` if its normalisation cannot be written down for one image at a time.
 */
export function networkGraph(network: TrainedModel): Graph {
  const { plan } = network;
  const parts: GraphPart[] = [];
  const last = () => parts.at(-1)?.values.at(-1)?.name ?? 'input';
  const flatten = (name: string, shape: ImageShape): GraphValue => ({
    kind: 'flatten',
    name,
    input: last(),
    shape,
  });
  const linear = plan.operation.kind === 'linear';
  if (linear) parts.push({ title: 'Pixels as one row', values: [flatten('pixels', plan.input)] });
  plan.stages.forEach((_, stage) => {
    parts.push(stagePart(network, stage, last()));
  });
  const layer = layerOf(plan, 'classifier', plan.classifier, false);
  const rows = linear ? [] : [flatten('features', featureShape(plan))];
  const input = rows[0]?.name ?? last();
  const logits: GraphValue = { kind: 'sum', name: 'logits', terms: [{ layer, input }] };
  parts.push({ title: 'Classifier', values: [...rows, logits] });
  return {
    input: plan.input,
    classes: plan.classes,
    parts,
    output: 'logits',
    layers: layerUses(parts),
  };
}
