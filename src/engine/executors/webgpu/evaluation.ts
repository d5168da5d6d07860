/**
 * Loss and accuracy of trained models for any number of mixtures: forward passes only, in room of
 * their own. Mixtures that share their first stages share that work (`mixtureTree.ts`).
 */
import type { Plan } from '../../../core/schedule.ts';
import type { Batch, Evaluation } from '../executor.ts';
import { floatBytes } from '../units.ts';
import { type Control, encodeControl, IDLE } from './control.ts';
import { feed } from './feed.ts';
import type { Gpu } from './gpu.ts';
import { compileLayout, type Layout } from './layout.ts';
import type { MemoryLimits } from './memory.ts';
import { type Mixture, type MixtureNode, mixtureTree } from './mixtureTree.ts';
import { isOutOfMemory, modelsThatFit, openWorkspace } from './opening.ts';
import { locationsOf, packInto } from './parameters.ts';
import { createState, destroyState, FORWARD_ONLY, type State } from './resources.ts';
import type { Workspace } from './workspace.ts';

/** Passes that may wait in the device's queue before the next breath. */
const QUEUE = 8;

/** All models see the same images; nothing is kept for a way back. */
const FORWARD = { training: false, shared: true };

export interface EvaluationInit {
  readonly gpu: Gpu;
  readonly plans: readonly Plan[];
  /** Flat parameters of each model. */
  readonly parameters: readonly Float32Array[];
  readonly batches: readonly Batch[];
  readonly mixtures: readonly Mixture[];
  readonly limits: MemoryLimits;
  readonly between: () => Promise<void>;
}

const sizeOf = (batch: Batch) => batch.labels.length;

class Pass {
  private readonly gpu: Gpu;
  private readonly layout: Layout;
  private readonly workspace: Workspace;
  private readonly state: State;
  private readonly between: () => Promise<void>;
  private readonly rows: Float32Array<ArrayBuffer>;
  private queued = 0;

  constructor(
    { gpu, between }: EvaluationInit,
    layout: Layout,
    workspace: Workspace,
    state: State,
  ) {
    this.gpu = gpu;
    this.layout = layout;
    this.workspace = workspace;
    this.state = state;
    this.between = between;
    this.rows = new Float32Array(2 * layout.alphas);
  }

  /** One part of a batch, through every mixture of the tree. */
  async run(tree: MixtureNode, images: number): Promise<void> {
    await this.descend(tree, 0, { ...IDLE, images, capacity: this.workspace.capacity, share: 1 });
  }

  private async descend(node: MixtureNode, s: number, control: Control): Promise<void> {
    const { gpu, workspace, layout } = this;
    this.setRows(s, 1, (i) => (node.needed[i] ? 1 : 0));
    this.submit(control, workspace.enter[s] ?? []);
    for (const child of node.children) {
      this.setRows(s, 0, (i) => child.row[i] ?? 0);
      this.submit(control, workspace.leave[s] ?? []);
      const [mixture] = child.mixtures;
      if (mixture === undefined) {
        await this.descend(child, s + 1, control);
        continue;
      }
      this.submit({ ...control, gather: 1, leaf: mixture * layout.models }, workspace.head);
      this.queued += 1;
      if (this.queued % QUEUE === 0) await gpu.finished();
      await this.between();
    }
  }

  private submit(control: Control, dispatches: Workspace['head']): void {
    this.gpu.write(this.state.control, encodeControl(control));
    this.gpu.write(this.state.rows, this.rows);
    this.gpu.run(dispatches);
  }

  /** Field 0 is the weight of a candidate, field 1 whether it runs; the same for every model. */
  private setRows(s: number, field: 0 | 1, value: (candidate: number) => number): void {
    const stages = this.layout.stages.length;
    for (let model = 0; model < this.layout.models; model++) {
      const [first, count] = this.layout.rows[model * stages + s] ?? [0, 0];
      for (let i = 0; i < count; i++) this.rows[2 * (first + i) + field] = value(i);
    }
  }
}

const largestOf = (batches: readonly Batch[]) => Math.max(...batches.map(sizeOf));

/** [mixture][model] (Σ loss, Σ correct) of models that run at once. */
async function evaluateModels(init: EvaluationInit): Promise<Float32Array> {
  const { gpu, plans, parameters, batches, mixtures, limits } = init;
  const layout = compileLayout(plans);
  const state = createState(gpu, layout, FORWARD_ONLY);
  const sums = gpu.storage('sums', floatBytes(2 * mixtures.length * layout.models));
  let workspace: Workspace | null = null;
  try {
    const device = new Float32Array(layout.size * 4);
    for (const [model, locations] of locationsOf(plans, layout).entries()) {
      packInto(device, locations, parameters[model] ?? new Float32Array());
    }
    gpu.write(state.parameters, device);
    workspace = await openWorkspace({
      gpu,
      layout,
      state,
      sums,
      shape: FORWARD,
      batch: largestOf(batches),
      limits,
      mayCut: plans.length === 1,
    });
    const tree = mixtureTree(mixtures);
    const pass = new Pass(init, layout, workspace, state);
    for (const batch of batches) {
      for (let from = 0; from < sizeOf(batch); from += workspace.capacity) {
        const images = Math.min(workspace.capacity, sizeOf(batch) - from);
        feed(gpu, layout, workspace, [batch], from, images);
        await pass.run(tree, images);
      }
    }
    const [values] = await gpu.read([sums]);
    return repeatLeaves(values ?? new Float32Array(), tree, layout.models);
  } finally {
    workspace?.dispose();
    destroyState(state);
    sums.destroy();
  }
}

/** Equal mixtures ran once: gives each its numbers. */
function repeatLeaves(values: Float32Array, node: MixtureNode, models: number): Float32Array {
  const [first = 0, ...others] = node.mixtures;
  for (const other of others) {
    values.copyWithin(other * 2 * models, first * 2 * models, (first + 1) * 2 * models);
  }
  for (const child of node.children) repeatLeaves(values, child, models);
  return values;
}

/**
 * `[mixture][model]`, means over all batches. Models run at once as far as they fit.
 * @throws LabError `out-of-memory`, `device-lost`, `backend-wrong`, and what `between` throws.
 */
export async function evaluateOn(init: EvaluationInit): Promise<Evaluation[][]> {
  const { plans, parameters, batches, mixtures } = init;
  const images = batches.reduce((sum, batch) => sum + sizeOf(batch), 0);
  const results = mixtures.map((): Evaluation[] => []);
  let count = modelsThatFit(plans, FORWARD, largestOf(batches), init.limits);
  for (let first = 0; first < plans.length; ) {
    const models = Math.min(count, plans.length - first);
    try {
      const sums = await evaluateModels({
        ...init,
        plans: plans.slice(first, first + models),
        parameters: parameters.slice(first, first + models),
      });
      for (const [m, own] of results.entries()) {
        for (let model = 0; model < models; model++) {
          const at = 2 * (m * models + model);
          const [loss = Number.NaN, correct = 0] = sums.subarray(at, at + 2);
          own.push({ loss: loss / images, accuracy: correct / images });
        }
      }
      first += models;
    } catch (thrown) {
      if (!isOutOfMemory(thrown) || models === 1) throw thrown;
      count = Math.ceil(models / 2);
    }
  }
  return results;
}
