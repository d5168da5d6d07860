/**
 * Plans → where everything lives on the device. Pure. A *model* is one network (or one supernet) among
 * several of the same shape that run side by side; an executor trains one.
 *
 * A stage has a *slab* of slots, each the activations [images, H, W, C] of one vertex: first the
 * stage input of every model, then the vertices and the output of every candidate (vertices fed by
 * INPUT share the slot of the stage input). A second slab holds the gradients: vertices and outputs
 * in the same order without the inputs, then one slot a candidate for what it adds to the gradient
 * of the stage input.
 *
 * An operation goes by its index among the operations of the stage, over all models.
 */
import { LabError } from '../../../core/errors.ts';
import type { Plan, PlanCandidate } from '../../../core/schedule.ts';
import {
  asChannelBlocks,
  asGradientSlot,
  asSlabSlot,
  asVectorOffset,
  blocksOf,
  type ChannelBlocks,
  type GradientSlot,
  type SlabSlot,
  type VectorOffset,
} from '../units.ts';
import {
  cellGeometry,
  flat,
  type LayerGeometry,
  layerSize,
  pooledShape,
  stemGeometry,
} from './geometry.ts';

/** Slots of activations go forward, slots of gradients backward. */
type AnySlot = SlabSlot | GradientSlot;

/** An operation and the slot at its other end. */
export interface LevelLink<Slot extends AnySlot = AnySlot> {
  readonly slot: Slot;
  readonly operation: number;
}

/** Operations that end (forward) or begin (backward) in one slot. */
export interface LevelItem<Slot extends AnySlot = AnySlot> {
  readonly slot: Slot;
  /** Index of the candidate's weight in alpha. */
  readonly alpha: number;
  readonly links: readonly LevelLink<Slot>[];
}

export type Level<Slot extends AnySlot = AnySlot> = readonly LevelItem<Slot>[];

/** Layers of one geometry; their parameters lie one after another from `base`, `size` four-vectors each. */
export interface LayerGroup {
  readonly geometry: LayerGeometry;
  readonly base: VectorOffset;
  readonly size: number;
  readonly layers: number;
}

export interface CandidateSlots {
  /** Slot of the output in the slab of activations, and in that of gradients. */
  readonly output: SlabSlot;
  readonly outputGradient: GradientSlot;
  /** For the stage input. */
  readonly inputGradient: GradientSlot;
  readonly alpha: number;
}

/** One operation for its filter gradient: its input, and the gradient of its target. */
export interface FilterLink {
  readonly source: SlabSlot;
  readonly target: GradientSlot;
}

export interface StageLayout {
  readonly stem: LayerGroup | null;
  readonly cells: LayerGroup;
  readonly height: number;
  readonly width: number;
  readonly channelBlocks: ChannelBlocks;
  readonly pooled: { readonly height: number; readonly width: number };
  readonly pooling: Plan['stages'][number]['pooling'];
  readonly slots: number;
  readonly gradientSlots: number;
  readonly forward: readonly Level<SlabSlot>[];
  readonly backward: readonly Level<GradientSlot>[];
  readonly filters: readonly FilterLink[];
  readonly candidates: readonly CandidateSlots[];
  /** Candidates of each model: `[first, count]` into `candidates`. */
  readonly models: readonly (readonly [first: number, count: number])[];
}

export interface Layout {
  readonly models: number;
  readonly shape: Plan;
  readonly stages: readonly StageLayout[];
  readonly classifier: LayerGroup;
  /** Four-vectors of all parameters. */
  readonly size: number;
  /** Model after model, stage after stage: `[first, count]` of the candidates in alpha. */
  readonly rows: readonly (readonly [first: number, count: number])[];
  readonly alphas: number;
}

/** What plans must have in common to run side by side. */
export function shapeKey(plan: Plan): string {
  const { input, classes, operation, normalisation, stages } = plan;
  const shapes = stages.map(({ shape, pooling, stem }) => [shape, pooling, stem?.relu ?? null]);
  return JSON.stringify([input, classes, operation, normalisation, shapes]);
}

class StageBuilder {
  readonly forward: LevelItem<SlabSlot>[][] = [];
  readonly backward: LevelItem<GradientSlot>[][] = [];
  readonly filters: FilterLink[] = [];
  readonly candidates: CandidateSlots[] = [];
  readonly ranges: [number, number][] = [];
  private next: number;
  private readonly models: number;
  private readonly total: number;

  constructor(models: readonly (readonly PlanCandidate[])[]) {
    this.models = models.length;
    this.next = models.length;
    this.total = models.flat().reduce((sum, cell) => sum + ownSlots(cell), 0);
  }

  addModel(model: number, cells: readonly PlanCandidate[], alpha: number): void {
    this.ranges.push([this.candidates.length, cells.length]);
    for (const [i, cell] of cells.entries()) this.addCandidate(model, cell, alpha + i);
  }

  private addCandidate(model: number, cell: PlanCandidate, alpha: number): void {
    const inputGradient = asGradientSlot(this.total + this.candidates.length);
    const slots = new Map<number | 'output', SlabSlot>(
      cell.sources.map((v) => [v, inputSlot(model)]),
    );
    for (let vertex = 0; vertex < cell.vertices; vertex++) {
      if (!slots.has(vertex)) slots.set(vertex, asSlabSlot(this.next++));
    }
    slots.set('output', asSlabSlot(this.next++));
    const slotOf = (vertex: number | 'output') => slots.get(vertex) ?? inputSlot(model);
    const gradientOf = (vertex: number | 'output') => {
      const slot = slotOf(vertex);
      return slot < this.models ? inputGradient : this.gradientSlotOf(slot);
    };
    const levelOf = new Map<number | 'output', number>();
    const into = new Map<SlabSlot, LevelLink<SlabSlot>[]>();
    const outOf = new Map<GradientSlot, { level: number; links: LevelLink<GradientSlot>[] }>();
    for (const op of cell.levels.flat()) {
      const operation = this.filters.length;
      this.filters.push({ source: slotOf(op.from), target: gradientOf(op.to) });
      append(into, slotOf(op.to), { slot: slotOf(op.from), operation });
      levelOf.set(op.to, Math.max(levelOf.get(op.to) ?? 0, op.level));
      const gradient = gradientOf(op.from);
      const item = outOf.get(gradient) ?? { level: op.level, links: [] };
      item.links.push({ slot: gradientOf(op.to), operation });
      outOf.set(gradient, item);
    }
    for (const [to, level] of levelOf) {
      const slot = slotOf(to);
      addToLevel(this.forward, level, { slot, alpha, links: into.get(slot) ?? [] });
    }
    for (const [slot, { level, links }] of outOf)
      addToLevel(this.backward, level, { slot, alpha, links });
    const output = slotOf('output');
    this.candidates.push({
      output,
      outputGradient: this.gradientSlotOf(output),
      inputGradient,
      alpha,
    });
  }

  /** Slot of the gradient of a vertex or an output. */
  private gradientSlotOf(slot: SlabSlot): GradientSlot {
    return asGradientSlot(slot - this.models);
  }

  get slots(): number {
    return this.next;
  }
}

/** The stage input of a model. */
export const inputSlot = (model: number): SlabSlot => asSlabSlot(model);

/** Vertices that INPUT does not feed, and the output. */
const ownSlots = (cell: PlanCandidate) => cell.vertices - cell.sources.length + 1;

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function addToLevel<Item>(levels: Item[][], level: number, item: Item): void {
  while (levels.length <= level) levels.push([]);
  levels[level]?.push(item);
}

/** Groups of layers in the order of their parameters. */
class Groups {
  size = 0;

  add(geometry: LayerGeometry, layers: number): LayerGroup {
    const group = { geometry, base: asVectorOffset(this.size), size: layerSize(geometry), layers };
    this.size += group.size * layers;
    return group;
  }
}

/**
 * The layout of plans that run side by side.
 * @throws LabError `internal` if they differ in more than their cells.
 */
export function compileLayout(plans: readonly Plan[]): Layout {
  const [shape] = plans;
  if (!shape || plans.some((plan) => shapeKey(plan) !== shapeKey(shape))) {
    throw new LabError('internal', 'Only networks of one shape can run side by side.');
  }
  const groups = new Groups();
  const rows: [number, number][] = [];
  let alphas = 0;
  for (const plan of plans) {
    for (const { candidates } of plan.stages) {
      rows.push([alphas, candidates.length]);
      alphas += candidates.length;
    }
  }
  const stages = shape.stages.map((stage, s): StageLayout => {
    const cells = plans.map((plan) => plan.stages[s]?.candidates ?? []);
    const builder = new StageBuilder(cells);
    for (const [model, own] of cells.entries()) {
      builder.addModel(model, own, rows[model * shape.stages.length + s]?.[0] ?? 0);
    }
    const stem = stemGeometry(shape, s);
    return {
      stem: stem ? groups.add(stem, plans.length) : null,
      cells: groups.add(cellGeometry(shape, stage), builder.filters.length),
      height: stage.shape.height,
      width: stage.shape.width,
      channelBlocks: blocksOf(stage.shape.channels),
      pooled: pooledShape(stage),
      pooling: stage.pooling,
      slots: builder.slots,
      gradientSlots: builder.slots - plans.length + builder.candidates.length,
      forward: builder.forward,
      backward: [...builder.backward].reverse(),
      filters: builder.filters,
      candidates: builder.candidates,
      models: builder.ranges,
    };
  });
  const last = stages[stages.length - 1] as StageLayout;
  const { pooled } = last;
  const features = asChannelBlocks(pooled.height * pooled.width * last.channelBlocks);
  const classifier = groups.add(flat(features, blocksOf(shape.classes), false), plans.length);
  const models = plans.length;
  return { models, shape, stages, classifier, size: groups.size, rows, alphas };
}
