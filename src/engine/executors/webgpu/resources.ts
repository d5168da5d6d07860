/** Buffers: what a training keeps (`State`), and what a batch needs on its way (`Room`). */
import { asBytes, type Bytes, floatBytes, repeated, vectorBytes } from '../units.ts';
import { CONTROL_BYTES } from './control.ts';
import type { Gpu } from './gpu.ts';
import type { Layout } from './layout.ts';
import type { WorkspaceBytes } from './memory.ts';
import { rangeTable } from './tables.ts';

const NOTHING = asBytes(0);

/** Lives as long as the executor. */
export interface State {
  readonly control: GPUBuffer;
  readonly parameters: GPUBuffer;
  readonly gradients: GPUBuffer;
  /** Adam's first moment; the velocity of SGD. */
  readonly m: GPUBuffer;
  /** Adam's second moment. */
  readonly v: GPUBuffer;
  readonly alpha: GPUBuffer;
  readonly alphaM: GPUBuffer;
  readonly alphaV: GPUBuffer;
  readonly noise: GPUBuffer;
  /** softmax of the mixture, before it is made hard. */
  readonly soft: GPUBuffer;
  readonly rows: GPUBuffer;
  readonly rowGradients: GPUBuffer;
  /** Σ softmax(alpha) over the averaged steps. */
  readonly averages: GPUBuffer;
  /** [model] (Σ loss, Σ correct) since the last read. */
  readonly sums: GPUBuffer;
  readonly ranges: GPUBuffer;
}

/** What is kept: everything, or what the forward pass reads. Moments that no optimiser has are empty. */
export interface StateNeeds {
  readonly training: boolean;
  readonly weightsAdam: boolean;
  readonly alphaAdam: boolean;
}

export const FORWARD_ONLY: StateNeeds = { training: false, weightsAdam: false, alphaAdam: false };

export function createState(gpu: Gpu, layout: Layout, needs: StateNeeds): State {
  const numbers = vectorBytes(layout.size);
  const alphas = floatBytes(layout.alphas);
  const { training, weightsAdam, alphaAdam } = needs;
  const learning = (label: string, bytes: Bytes, needed = true) =>
    gpu.storage(label, training && needed ? bytes : NOTHING);
  return {
    control: gpu.uniform('control', CONTROL_BYTES),
    parameters: gpu.storage('parameters', numbers),
    rows: gpu.storage('weights of the mixture', repeated(alphas, 2)),
    gradients: learning('gradients', numbers),
    m: learning('m', numbers),
    v: learning('v', numbers, weightsAdam),
    alpha: learning('alpha', alphas),
    alphaM: learning('m of alpha', alphas),
    alphaV: learning('v of alpha', alphas, alphaAdam),
    noise: learning('noise', alphas),
    soft: learning('soft weights', alphas),
    rowGradients: learning('gradients of the mixture', alphas),
    averages: learning('sums of the weights', alphas),
    sums: learning('sums of the loss', floatBytes(2 * layout.models)),
    ranges: gpu.filled('ranges', rangeTable(layout)),
  };
}

export function destroyState(state: State): void {
  for (const buffer of Object.values<GPUBuffer>({ ...state })) buffer.destroy();
}

export interface StageRoom {
  readonly slab: GPUBuffer;
  readonly reluBits: GPUBuffer;
  readonly norms: GPUBuffer;
  /** The next stage's slab where that has no layer in front. */
  readonly result: GPUBuffer;
  readonly winners: GPUBuffer;
  readonly inputGradient: GPUBuffer;
}

/** Lives as long as batches keep their size. */
export interface Room {
  readonly stages: readonly StageRoom[];
  readonly images: GPUBuffer;
  readonly labels: GPUBuffer;
  readonly stemReluBits: GPUBuffer;
  readonly logits: GPUBuffer;
  readonly logitGradients: GPUBuffer;
  readonly moments: GPUBuffer;
  readonly gradients: GPUBuffer;
  readonly resultGradient: GPUBuffer;
  readonly filterParts: GPUBuffer;
  /** Bound where a kernel has no use for a buffer. */
  readonly nothing: GPUBuffer;
}

/** Makes the buffers of a batch; each passes through `keep`. */
export function createRoom(
  gpu: Gpu,
  bytes: WorkspaceBytes,
  keep: (buffer: GPUBuffer) => GPUBuffer,
): Room {
  const make = (label: string, size: Bytes) => keep(gpu.storage(label, size));
  const slabs = bytes.stages.map((stage) => make('slab', stage.slab));
  const nothing = make('nothing', NOTHING);
  return {
    stages: bytes.stages.map((stage, s) => ({
      slab: slabs[s] ?? nothing,
      reluBits: make('ReLU bits', stage.reluBits),
      norms: make('norms', stage.norms),
      result: stage.result > 0 ? make('result', stage.result) : (slabs[s + 1] ?? nothing),
      winners: make('winners', stage.winners),
      inputGradient: make('input gradient', stage.inputGradient),
    })),
    images: make('images', bytes.images),
    labels: make('labels', bytes.labels),
    stemReluBits: make('ReLU bits of the first layer', bytes.stemReluBits),
    logits: make('logits', bytes.logits),
    logitGradients: make('logit gradients', bytes.logitGradients),
    moments: make('moments', bytes.moments),
    gradients: make('gradient slab', bytes.gradients),
    resultGradient: make('gradient of the result', bytes.resultGradient),
    filterParts: make('parts of filter gradients', bytes.filterParts),
    nothing,
  };
}
