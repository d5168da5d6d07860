/**
 * Normalisation of the candidates' outputs: y·scale + shift, one pair for each candidate and channel.
 * (Index arithmetic: `strips.ts`; the buffer `norms`: `NORMS`.)
 *
 * Moments are taken of PARTS parts of the pixels, one for each thread of a workgroup, and put
 * together without cancellation (Chan, Golub and LeVeque 1979).
 */
import type { Normalisation, PoolingType } from '../../../../core/run/config.ts';
import type { ChannelBlocks } from '../../units.ts';
import { CONTROL, ENTRIES, kernel, ROWS, reads, VECTORS, WORKGROUP, writes } from './template.ts';

export interface MixingShape {
  readonly height: number;
  readonly width: number;
  readonly channelBlocks: ChannelBlocks;
  readonly pooled: { readonly height: number; readonly width: number };
  readonly factor: number;
  readonly pooling: PoolingType;
  readonly normalisation: Normalisation;
  /** Images of one plane, see `geometry.ts`. */
  readonly imagesPerPlane: number;
}

/** Parts that the pixels of a batch are cut into. */
export const PARTS = WORKGROUP;

/** Four-vectors of `norms` for each candidate and block: scale, shift, mean d·ŷ, mean d. */
export const NORMS = 4;

export const constantsOf = (shape: MixingShape) => ({
  H: shape.height,
  W: shape.width,
  C: shape.channelBlocks,
  HP: shape.pooled.height,
  WP: shape.pooled.width,
  F: shape.factor,
  PER: shape.imagesPerPlane,
  PARTS,
  NORMS,
});

/** Pixels of the part `part` over all images: `begin` … `end`; `pixels` of all parts. */
const PART_RANGE = `
let pixels = control.images * H * W;
let length = (pixels + PARTS - 1u) / PARTS;
let begin = min(part * length, pixels);
let end = min(begin + length, pixels);`;

/** Candidate id.y; id.x counts block (fastest) and part. The candidate's output begins at `base`. */
export const PART_THREAD = `
let cell = table[id.y];
if (id.x >= PARTS * C || rows[cell.z].y == 0.0) { return; }
let block = id.x % C;
let part = id.x / C;
let base = cell.x * control.capacity * H * W * C;
let partIndex = ((id.y * C + block) * PARTS + part) * 2u;${PART_RANGE}`;

/** Sum of one vector of each thread of a workgroup, in a fixed order; every thread gets it. */
export const TOTAL = `
var<workgroup> shelf: array<vec4f, ${WORKGROUP}>;
fn total(value: vec4f, local: u32) -> vec4f {
  shelf[local] = value;
  workgroupBarrier();
  for (var half = ${WORKGROUP / 2}u; half > 0u; half /= 2u) {
    if (local < half) { shelf[local] += shelf[local + half]; }
    workgroupBarrier();
  }
  let sum = shelf[0];
  workgroupBarrier();
  return sum;
}`;

/** Mean and summed squared deviations: two vectors for each candidate, block and part. */
export function moments(shape: MixingShape) {
  return kernel({
    label: 'moments',
    bindings: {
      control: CONTROL,
      table: reads(ENTRIES),
      rows: reads(ROWS),
      slab: reads(VECTORS),
      parts: writes(VECTORS),
    },
    constants: constantsOf(shape),
    body: `${PART_THREAD}
var sum = vec4f();
for (var at = begin; at < end; at++) { sum += slab[base + at * C + block]; }
let mean = sum / f32(max(end - begin, 1u));
var squares = vec4f();
for (var at = begin; at < end; at++) {
  let difference = slab[base + at * C + block] - mean;
  squares += difference * difference;
}
parts[partIndex] = mean;
parts[partIndex + 1u] = squares;`,
  });
}

/** What the whole workgroup knows of a block: `mean` and `deviations` (summed squares). */
const JOIN_MOMENTS = `
let at = ((id.y * C + block) * PARTS + part) * 2u;
let own = parts[at];
let mean = total(own * count, local) / f32(pixels);
let difference = own - mean;
let deviations = total(parts[at + 1u] + difference * difference * count, local);`;

/** Batch norm: (y − μ)/√(σ² + 1e-5), biased variance. One workgroup a candidate (id.y). */
const BATCH_SCALES = `
for (var block = 0u; block < C; block++) {${JOIN_MOMENTS}
  if (local == 0u) {
    let scale = inverseSqrt(deviations / f32(pixels) + vec4f(1e-5));
    norms[(id.y * C + block) * NORMS] = scale;
    norms[(id.y * C + block) * NORMS + 1u] = -mean * scale;
  }
}`;

/** L2: y/√(Σy² + 1e-12) over the whole batch. */
const L2_SCALES = `
var squares = 0.0;
for (var block = 0u; block < C; block++) {${JOIN_MOMENTS}
  squares += dot(deviations + mean * mean * f32(pixels), vec4f(1.0));
}
if (local == 0u) {
  for (var block = 0u; block < C; block++) {
    norms[(id.y * C + block) * NORMS] = vec4f(inverseSqrt(squares + 1e-12));
    norms[(id.y * C + block) * NORMS + 1u] = vec4f();
  }
}`;

/** Scale and shift out of the moments. */
export function scales(shape: MixingShape) {
  return kernel({
    label: 'scales',
    bindings: { control: CONTROL, parts: reads(VECTORS), norms: writes(VECTORS) },
    constants: constantsOf(shape),
    declarations: TOTAL,
    body: `
let part = local;${PART_RANGE}
let count = f32(end - begin);
${shape.normalisation === 'batch' ? BATCH_SCALES : L2_SCALES}`,
  });
}

/** The value `y` of candidate `cell`, normalised. */
export function normalised({ normalisation }: MixingShape, cell: string): string {
  if (normalisation === 'none') return 'y';
  const at = `(${cell} * C + block) * NORMS`;
  return `(y * norms[${at}] + norms[${at} + 1u])`;
}
