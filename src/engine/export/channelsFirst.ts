/** Weights for frameworks that keep channels before rows and columns (PyTorch, ONNX). */
import type { ImageShape } from '../../core/schedule.ts';
import type { LayerUse } from './graph.ts';

/** [k,k,in,out] → [out,in,k,k]. */
function convolution(values: Float32Array, kernel: number, from: number, to: number): Float32Array {
  const out = new Float32Array(values.length);
  const area = kernel * kernel;
  for (let at = 0; at < values.length; at++) {
    const o = at % to;
    const i = Math.floor(at / to) % from;
    const pixel = Math.floor(at / (to * from));
    out[(o * from + i) * area + pixel] = values[at]!;
  }
  return out;
}

/** Row of (y, x, c) among rows in the order channels, height, width. */
function movedRow({ height, width, channels }: ImageShape, row: number): number {
  const c = row % channels;
  const pixel = Math.floor(row / channels);
  return c * height * width + pixel;
}

/** [in,out] → [out,in], the inputs in the order of a flattened image with channels first. */
function dense(
  values: Float32Array,
  from: number,
  to: number,
  flattened: ImageShape | null,
): Float32Array {
  const out = new Float32Array(values.length);
  for (let row = 0; row < from; row++) {
    const moved = flattened ? movedRow(flattened, row) : row;
    for (let o = 0; o < to; o++) out[o * from + moved] = values[row * to + o]!;
  }
  return out;
}

export interface LayerWeights {
  /** [out,in,k,k] or [out,in]. */
  readonly shape: readonly number[];
  readonly weight: Float32Array;
  /** [out]. */
  readonly bias: Float32Array;
}

/** The weights of a layer, from the flat parameters of the plan. */
export function channelsFirst(
  { layer, flattened }: LayerUse,
  parameters: Float32Array,
): LayerWeights {
  const { weight, bias } = layer;
  const values = parameters.subarray(weight.offset, weight.offset + weight.size);
  const own = parameters.slice(bias.offset, bias.offset + bias.size);
  const from = weight.shape.at(-2) ?? 1;
  const to = weight.shape.at(-1) ?? 1;
  if (weight.shape.length === 2) {
    return { shape: [to, from], weight: dense(values, from, to, flattened), bias: own };
  }
  const kernel = weight.shape[0] ?? 1;
  return {
    shape: [to, from, kernel, kernel],
    weight: convolution(values, kernel, from, to),
    bias: own,
  };
}
