/** How many bytes a batch takes on the device, and into how many parts it is cut to fit. Pure. */
import { LabError } from '../../../core/errors.ts';
import { BLOCK, type Bytes, blocksOf, vectorBytes, wordBytes } from '../units.ts';
import { filterChunks, IMAGE_STRIP, type LayerGeometry, reluWords } from './geometry.ts';
import type { LayerGroup, Layout, StageLayout } from './layout.ts';
import { NORMS, PARTS } from './shaders/normalisation.ts';
import { WORKGROUP } from './shaders/template.ts';

export interface StageBytes {
  readonly slab: Bytes;
  readonly reluBits: Bytes;
  readonly norms: Bytes;
  /** After mixing and pooling; 0 where the next stage's slab takes it. */
  readonly result: Bytes;
  readonly winners: Bytes;
  readonly inputGradient: Bytes;
}

export interface WorkspaceBytes {
  readonly stages: readonly StageBytes[];
  readonly images: Bytes;
  readonly labels: Bytes;
  /** ReLU bits of the first layer where it has a ReLU. */
  readonly stemReluBits: Bytes;
  readonly logits: Bytes;
  readonly logitGradients: Bytes;
  /** Moments and products of the candidates, one stage at a time. */
  readonly moments: Bytes;
  /** Gradients of one stage at a time, and of a stage's result. */
  readonly gradients: Bytes;
  readonly resultGradient: Bytes;
  readonly filterParts: Bytes;
}

export interface WorkspaceShape {
  /** Room for images in a slot, a multiple of IMAGE_STRIP. */
  readonly capacity: number;
  readonly training: boolean;
  /** Every model sees the same images. */
  readonly shared: boolean;
}

export const roomFor = (images: number): number => Math.ceil(images / IMAGE_STRIP) * IMAGE_STRIP;

const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 1);

/** Four-vectors of one image in front of a layer. */
const imageSize = ({ height, width, imagesPerPlane, inputBlocks }: LayerGeometry) =>
  ((height * width) / imagesPerPlane) * inputBlocks;

export function partsSize({ geometry, layers, size }: LayerGroup, capacity: number): number {
  return filterChunks(geometry, capacity) * layers * size;
}

function stageBytes(layout: Layout, s: number, { capacity, training }: WorkspaceShape): StageBytes {
  const stage = layout.stages[s] as StageLayout;
  const slot = slotSize(stage, capacity);
  const pooled = layout.models * capacity * pooledSize(stage);
  const next = layout.stages[s + 1];
  const keepsWinners = stage.pooling.type === 'max' && stage.pooling.factor > 1;
  return {
    slab: vectorBytes(stage.slots * slot),
    reluBits: wordBytes(stage.cells.layers * reluWords(stage.cells.geometry, capacity)),
    norms: vectorBytes(stage.candidates.length * stage.channelBlocks * NORMS),
    result: vectorBytes(next && !next.stem ? 0 : pooled),
    winners: keepsWinners ? wordBytes(pooled) : vectorBytes(1),
    inputGradient: vectorBytes(training ? layout.models * slot : 0),
  };
}

/** Four-vectors of a slot. */
const slotSize = ({ height, width, channelBlocks }: StageLayout, capacity: number) =>
  capacity * height * width * channelBlocks;

/** Four-vectors of one image after pooling. */
const pooledSize = ({ pooled, channelBlocks }: StageLayout) =>
  pooled.height * pooled.width * channelBlocks;

export function workspaceBytes(layout: Layout, shape: WorkspaceShape): WorkspaceBytes {
  const { capacity, training, shared } = shape;
  const { stages, classifier, models } = layout;
  const stem = stages[0]?.stem ?? classifier;
  const logits = vectorBytes(models * capacity * classifier.geometry.outputBlocks);
  const sources = shared ? 1 : models;
  const groups = [
    classifier,
    ...stages.flatMap(({ stem: own, cells }) => (own ? [own, cells] : [cells])),
  ];
  return {
    stages: stages.map((_, s) => stageBytes(layout, s, shape)),
    images: vectorBytes(sources * capacity * imageSize(stem.geometry)),
    labels: wordBytes(sources * capacity),
    stemReluBits: stem.geometry.relu
      ? wordBytes(models * reluWords(stem.geometry, capacity))
      : vectorBytes(1),
    logits,
    logitGradients: logits,
    moments: vectorBytes(
      most(stages.map((x) => x.candidates.length * x.channelBlocks * PARTS * 2)),
    ),
    gradients: vectorBytes(
      training ? most(stages.map((x) => x.gradientSlots * slotSize(x, capacity))) : 0,
    ),
    resultGradient: vectorBytes(
      training ? most(stages.map((x) => models * capacity * pooledSize(x))) : 0,
    ),
    filterParts: vectorBytes(
      training ? most(groups.map((group) => partsSize(group, capacity))) : 0,
    ),
  };
}

function flatten(bytes: WorkspaceBytes): number[] {
  const { stages, ...others } = bytes;
  return [
    ...Object.values(others),
    ...stages.flatMap((stage) => Object.values<number>({ ...stage })),
  ];
}

export const largestBuffer = (bytes: WorkspaceBytes): number => Math.max(...flatten(bytes));

export const totalBytes = (bytes: WorkspaceBytes): number =>
  flatten(bytes).reduce((sum, size) => sum + size, 0);

/** What the device allows. */
export interface MemoryLimits {
  /** Bytes of one buffer. */
  readonly buffer: number;
  /** Bytes of everything. */
  readonly total: number;
}

/** Threads of one row of a dispatch: a thread has one four-vector of a slot. */
const MOST_THREADS = 65535 * WORKGROUP;

function fits(layout: Layout, shape: WorkspaceShape, limits: MemoryLimits): boolean {
  const bytes = workspaceBytes(layout, shape);
  const slots = layout.stages.map((x) => slotSize(x, shape.capacity));
  if (most(slots) > MOST_THREADS) return false;
  return largestBuffer(bytes) <= limits.buffer && totalBytes(bytes) <= limits.total;
}

/** The largest number of images that fits at once; 0 if not even IMAGE_STRIP do. */
export function largestBatch(
  layout: Layout,
  shape: Omit<WorkspaceShape, 'capacity'>,
  limits: MemoryLimits,
  atMost: number,
): number {
  let [low, high] = [0, Math.ceil(atMost / IMAGE_STRIP)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(layout, { ...shape, capacity: middle * IMAGE_STRIP }, limits)) low = middle;
    else high = middle - 1;
  }
  return Math.min(low * IMAGE_STRIP, atMost);
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MB`;

/** The error that says what would fit. */
export function tooLarge(layout: Layout, batch: number, images: number, bytes: number): LabError {
  const { normalisation } = layout.shape;
  const why =
    normalisation === 'none' ? '' : ', because normalisation needs the whole batch at once';
  const advice =
    images > 0
      ? `At most ${images} images fit${why}: lower the batch size, use fewer candidates, or use WASM.`
      : 'Not even a few images fit: use fewer candidates or channels, or use WASM.';
  return new LabError(
    'out-of-memory',
    `A batch of ${batch} images needs ${megabytes(bytes)} on the GPU, more than it gives. ${advice}`,
    { batch, fits: images, bytes },
  );
}

/**
 * Into how many parts a batch is cut, at least `parts`. Normalisation allows one only.
 * @throws LabError `out-of-memory`, which says what would fit.
 */
export function cutBatch(
  layout: Layout,
  shape: Omit<WorkspaceShape, 'capacity'>,
  batch: number,
  limits: MemoryLimits,
  parts = 1,
): WorkspaceShape {
  const capacity = roomFor(Math.ceil(batch / parts));
  const whole = { ...shape, capacity };
  if (fits(layout, whole, limits)) return whole;
  const images = largestBatch(layout, shape, limits, capacity);
  if (layout.shape.normalisation !== 'none' || images === 0) {
    throw tooLarge(layout, batch, images, totalBytes(workspaceBytes(layout, whole)));
  }
  return { ...shape, capacity: roomFor(Math.ceil(batch / Math.ceil(batch / images))) };
}

/** What one image is in front of the first layer; channels are padded with zeros. */
export interface InputShape {
  readonly pixels: number;
  readonly channels: number;
  readonly padded: number;
}

export function inputNumbers({ shape: { input, operation } }: Layout): InputShape {
  const all = input.height * input.width;
  const [pixels, channels] =
    operation.kind === 'linear' ? [1, all * input.channels] : [all, input.channels];
  return { pixels, channels, padded: blocksOf(channels) * BLOCK };
}

/** Copies `count` images from number `from` on, padding every pixel. `out` holds zeros between. */
export function packImages(
  out: Float32Array,
  images: Float32Array,
  from: number,
  count: number,
  { pixels, channels, padded }: InputShape,
): void {
  const first = from * pixels * channels;
  if (channels === padded) {
    out.set(images.subarray(first, first + count * pixels * channels));
    return;
  }
  for (let i = 0; i < count * pixels; i++) {
    for (let c = 0; c < channels; c++) {
      out[i * padded + c] = images[first + i * channels + c] as number;
    }
  }
}
