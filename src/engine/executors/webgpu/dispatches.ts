/** Builds the dispatches of a batch phase by phase: which kernel, on which buffers, how wide. */
import { filterChunks, stripThreads, workOf } from './geometry.ts';
import { type Gpu, type Planned, plan, planFlat } from './gpu.ts';
import type { LayerGroup, Layout, Level, StageLayout } from './layout.ts';
import type { WorkspaceShape } from './memory.ts';
import type { Room, StageRoom, State } from './resources.ts';
import { filterParts, sumParts } from './shaders/filters.ts';
import { loss } from './shaders/learning.ts';
import { collect, mix, products, returns, spread } from './shaders/mixing.ts';
import { type MixingShape, moments, PARTS, scales } from './shaders/normalisation.ts';
import { cellBackward, cellForward, layerBackward, layerForward } from './shaders/strips.ts';
import { WORKGROUP } from './shaders/template.ts';
import {
  candidateTable,
  filterTable,
  layerFilterTable,
  layerTable,
  levelTable,
  modelTable,
} from './tables.ts';

export interface Step extends Planned {
  /** Only the weights need it, alpha does not. */
  readonly weightsOnly?: boolean;
}

export interface BuilderContext {
  readonly gpu: Gpu;
  readonly layout: Layout;
  readonly shape: WorkspaceShape;
  readonly state: State;
  readonly room: Room;
  /** Every buffer that is made passes through here. */
  readonly keep: (buffer: GPUBuffer) => GPUBuffer;
}

const mixingShape = (layout: Layout, stage: StageLayout): MixingShape => ({
  height: stage.height,
  width: stage.width,
  channelBlocks: stage.channelBlocks,
  pooled: stage.pooled,
  factor: stage.pooling.factor,
  pooling: stage.pooling.type,
  normalisation: layout.shape.normalisation,
  imagesPerPlane: stage.cells.geometry.imagesPerPlane,
});

/** Makes the steps of each phase; see `workspace.ts` for the phases. */
export class Builder {
  private readonly gpu: Gpu;
  private readonly layout: Layout;
  private readonly shape: WorkspaceShape;
  private readonly state: State;
  private readonly room: Room;
  private readonly keep: (buffer: GPUBuffer) => GPUBuffer;

  constructor({ gpu, layout, shape, state, room, keep }: BuilderContext) {
    this.gpu = gpu;
    this.layout = layout;
    this.shape = shape;
    this.state = state;
    this.room = room;
    this.keep = keep;
  }

  private table(label: string, words: Uint32Array<ArrayBuffer>): GPUBuffer {
    return this.keep(this.gpu.filled(label, words));
  }

  private stage(s: number): { own: StageLayout; room: StageRoom; shape: MixingShape } {
    const own = this.layout.stages[s] as StageLayout;
    return { own, room: this.room.stages[s] as StageRoom, shape: mixingShape(this.layout, own) };
  }

  /** What stage s reads: the images, or the result of the stage before. */
  private inputOf(s: number): GPUBuffer {
    return this.room.stages[s - 1]?.result ?? this.room.images;
  }

  private isShared(s: number): boolean {
    return s === 0 && this.shape.shared;
  }

  private layer(group: LayerGroup, input: GPUBuffer, output: GPUBuffer, shared: boolean): Step {
    const { geometry, layers } = group;
    const { capacity } = this.shape;
    const resources = {
      control: this.state.control,
      table: this.table('layer', layerTable(group, shared)),
      parameters: this.state.parameters,
      reluBits: this.reluBitsOf(group),
      input,
      output,
    };
    const threads = stripThreads(geometry, capacity, geometry.outputBlocks);
    const work = workOf(geometry, capacity, layers);
    return plan(layerForward(geometry), resources, threads, layers, work);
  }

  private reluBitsOf(group: LayerGroup): GPUBuffer {
    return group.geometry.relu ? this.room.stemReluBits : this.room.nothing;
  }

  private layerBack(group: LayerGroup, input: GPUBuffer, output: GPUBuffer): Step {
    const { geometry, layers } = group;
    const { capacity } = this.shape;
    const resources = {
      control: this.state.control,
      table: this.table('layer backwards', layerTable(group, false)),
      parameters: this.state.parameters,
      reluBits: this.reluBitsOf(group),
      input,
      output,
    };
    const threads = stripThreads(geometry, capacity, geometry.inputBlocks);
    const work = workOf(geometry, capacity, layers);
    return plan(layerBackward(geometry), resources, threads, layers, work);
  }

  /** Both steps of the filter gradients of a group. */
  private filters(
    group: LayerGroup,
    table: Uint32Array<ArrayBuffer>,
    buffers: { reluBits: GPUBuffer; activations: GPUBuffer; gradients: GPUBuffer },
  ): Step[] {
    const { geometry, layers, size, base } = group;
    const { capacity } = this.shape;
    const chunks = filterChunks(geometry, capacity);
    const { control, gradients } = this.state;
    const parts = this.room.filterParts;
    const range = this.keep(this.gpu.uniform('range of gradients', 16));
    this.gpu.write(range, Uint32Array.of(base, layers * size, chunks, 0));
    const threads = chunks * geometry.kernel * geometry.inputBlocks * geometry.outputBlocks;
    const first = plan(
      filterParts(geometry),
      { control, table: this.table('filters', table), ...buffers, parts },
      threads,
      layers,
      workOf(geometry, capacity, layers),
    );
    const second = planFlat(sumParts(), { control, range, parts, gradients }, layers * size);
    return [
      { ...first, weightsOnly: true },
      { ...second, weightsOnly: true },
    ];
  }

  private layerFilters(
    group: LayerGroup,
    activations: GPUBuffer,
    gradients: GPUBuffer,
    shared: boolean,
  ): Step[] {
    const chunks = filterChunks(group.geometry, this.shape.capacity);
    const table = layerFilterTable(group, shared, chunks);
    return this.filters(group, table, { reluBits: this.reluBitsOf(group), activations, gradients });
  }

  private levels(
    levels: readonly Level[],
    group: LayerGroup,
    step: (table: GPUBuffer, level: Level, work: number) => Step,
  ): Step[] {
    return levels.map((level) => {
      const links = level.reduce((sum, item) => sum + item.links.length, 0);
      const work = workOf(group.geometry, this.shape.capacity, links);
      return step(this.table('level', levelTable(level, group)), level, work);
    });
  }

  enter(s: number): Step[] {
    const { own, room, shape } = this.stage(s);
    const { geometry } = own.cells;
    const { capacity } = this.shape;
    const { control, parameters, rows } = this.state;
    const threads = stripThreads(geometry, capacity, geometry.outputBlocks);
    const resources = { control, parameters, rows, slab: room.slab, reluBits: room.reluBits };
    const levels = this.levels(own.forward, own.cells, (table, level, work) =>
      plan(cellForward(geometry), { ...resources, table }, threads, level.length, work),
    );
    const stem = own.stem
      ? [this.layer(own.stem, this.inputOf(s), room.slab, this.isShared(s))]
      : [];
    return [...stem, ...levels, ...this.normalisation(own, room, shape)];
  }

  private normalisation(own: StageLayout, room: StageRoom, shape: MixingShape): Step[] {
    if (shape.normalisation === 'none') return [];
    const { control, rows } = this.state;
    const parts = this.room.moments;
    const table = this.table('candidates', candidateTable(own));
    const count = own.candidates.length;
    const { slab, norms } = room;
    const threads = PARTS * shape.channelBlocks;
    return [
      plan(moments(shape), { control, table, rows, slab, parts }, threads, count),
      plan(scales(shape), { control, parts, norms }, WORKGROUP, count),
    ];
  }

  leave(s: number): Step[] {
    const { own, room, shape } = this.stage(s);
    const { control, rows } = this.state;
    const models = this.table('models', modelTable(own));
    const table = this.table('candidates', candidateTable(own));
    const { norms, slab, result: output, winners } = room;
    const { pooled, channelBlocks } = own;
    const threads = this.shape.capacity * pooled.height * pooled.width * channelBlocks;
    const resources = { control, models, table, rows, norms, slab, output, winners };
    return [plan(mix(shape), resources, threads, this.layout.models)];
  }

  head(sums: GPUBuffer): Step[] {
    const { classifier, models, shape, stages } = this.layout;
    const { labels, logits, logitGradients: gradients } = this.room;
    const { control } = this.state;
    return [
      this.layer(classifier, this.inputOf(stages.length), logits, false),
      plan(
        loss(shape.classes, !this.shape.shared),
        { control, labels, logits, gradients, sums },
        WORKGROUP,
        models,
      ),
    ];
  }

  /** From the gradient of the result of stage s to that of its input. */
  private backStage(s: number): Step[] {
    const { own, room, shape } = this.stage(s);
    const { control, parameters, rows, rowGradients } = this.state;
    const { moments: parts, gradients } = this.room;
    const { geometry } = own.cells;
    const { capacity } = this.shape;
    const table = this.table('candidates', candidateTable(own));
    const { norms, slab, winners, reluBits, inputGradient: output } = room;
    const result = this.resultGradient(s);
    const seen = { control, table, rows, norms, slab, result, winners };
    const count = own.candidates.length;
    const pixels = capacity * own.height * own.width * own.channelBlocks;
    const threads = stripThreads(geometry, capacity, geometry.inputBlocks);
    const resources = { control, parameters, reluBits, slab: gradients };
    const levels = this.levels(own.backward, own.cells, (backTable, level, work) =>
      plan(cellBackward(geometry), { ...resources, table: backTable }, threads, level.length, work),
    );
    const chunks = filterChunks(geometry, capacity);
    const models = this.table('models', modelTable(own));
    const weights = [
      plan(products(shape), { ...seen, parts }, PARTS * shape.channelBlocks, count),
      plan(returns(shape), { control, table, parts, norms, rowGradients }, WORKGROUP, count),
    ];
    const inputs: Step[] = [
      plan(spread(shape), { ...seen, gradients }, pixels, count),
      ...levels,
      plan(collect(shape), { control, models, gradients, output }, pixels, this.layout.models),
      ...this.filters(own.cells, filterTable(own, chunks), {
        reluBits,
        activations: slab,
        gradients,
      }),
    ];
    // Below the first mixture there are only weights to learn.
    return [...weights, ...inputs.map((step) => (s === 0 ? { ...step, weightsOnly: true } : step))];
  }

  /** Where the gradient of the result of stage s is found. */
  private resultGradient(s: number): GPUBuffer {
    const next = this.layout.stages[s + 1];
    if (next && !next.stem) return this.stage(s + 1).room.inputGradient;
    return this.room.resultGradient;
  }

  /** The layer in front of stage s, backwards; the images need no gradient. */
  private backStem(s: number): Step[] {
    const { own, room } = this.stage(s);
    if (!own.stem) return [];
    const filters = this.layerFilters(
      own.stem,
      this.inputOf(s),
      room.inputGradient,
      this.isShared(s),
    );
    if (s === 0) return filters;
    return [this.layerBack(own.stem, room.inputGradient, this.room.resultGradient), ...filters];
  }

  back(): Step[] {
    const { classifier, stages } = this.layout;
    const { logitGradients, resultGradient } = this.room;
    const features = this.inputOf(stages.length);
    const order = stages.map((_, s) => stages.length - 1 - s);
    return [
      this.layerBack(classifier, logitGradients, resultGradient),
      ...this.layerFilters(classifier, features, logitGradients, false),
      ...order.flatMap((s) => [...this.backStage(s), ...this.backStem(s)]),
    ];
  }
}
