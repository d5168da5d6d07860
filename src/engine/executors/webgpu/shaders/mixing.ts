/**
 * From the outputs of a stage's candidates to the stage's result, and back: mixture and pooling.
 * The mixture is Σ wᵢ·ŷᵢ, where ŷ is the normalised output; pooling keeps for the way back which
 * pixel of each window was the largest. With d for the gradient of the mixture:
 *
 *   mix        mixture and pooling
 *   products   Σ d·ŷ and Σ d of each candidate and channel, in parts
 *   returns    their sums: the gradient of wᵢ is Σ d·ŷᵢ over all channels; batch norm needs both means
 *   spread     gradient of each output: w·scale·(d − mean d − ŷ·mean d·ŷ) with batch norm, else
 *              w·scale·d
 *   collect    gradient of the stage input: the sum over a model's candidates
 *
 * Tables: a candidate is (output slot, its gradient slot, index in alpha, model); a model is (first
 * candidate, candidates, gradient slot for the first one's input, −).
 */
import { constantsOf, type MixingShape, normalised, PART_THREAD, TOTAL } from './normalisation.ts';
import {
  CONTROL,
  ENTRIES,
  kernel,
  NUMBERS,
  ROWS,
  reads,
  VECTORS,
  WORDS,
  writes,
} from './template.ts';

const keepsWinners = ({ pooling, factor }: MixingShape) => pooling === 'max' && factor > 1;

/**
 * A thread makes one pooled pixel of one block of a model (id.y). The first maximum wins, columns
 * before rows, as in `ops/pooling.ts`.
 */
export function mix(shape: MixingShape) {
  const [pool, finish] = keepsWinners(shape)
    ? [
        `let better = (sum > best) | vec4<bool>(dx + dy == 0u);
    best = select(best, sum, better);
    winner = select(winner, vec4u(dy * F + dx), better);`,
        `output[pooledPixel] = best;
winners[pooledPixel] = winner.x | (winner.y << 8u) | (winner.z << 16u) | (winner.w << 24u);`,
      ]
    : ['best += sum;', 'output[pooledPixel] = best / f32(F * F);'];
  return kernel({
    label: 'mix and pool',
    bindings: {
      control: CONTROL,
      models: reads(ENTRIES),
      table: reads(ENTRIES),
      rows: reads(ROWS),
      norms: reads(VECTORS),
      slab: reads(VECTORS),
      output: writes(VECTORS),
      winners: writes(WORDS),
    },
    constants: constantsOf(shape),
    body: `
if (id.x >= control.images * HP * WP * C) { return; }
let model = models[id.y];
let block = id.x % C;
let column = id.x / C % WP;
let row = id.x / (C * WP) % HP;
let image = id.x / (C * WP * HP);
var best = vec4f();
var winner = vec4u();
for (var dx = 0u; dx < F; dx++) {
  for (var dy = 0u; dy < F; dy++) {
    let at = ((image * H + row * F + dy) * W + column * F + dx) * C + block;
    var sum = vec4f();
    for (var n = model.x; n < model.x + model.y; n++) {
      let cell = table[n];
      let weight = rows[cell.z].x;
      if (weight == 0.0) { continue; }
      let y = slab[cell.x * control.capacity * H * W * C + at];
      sum += weight * ${normalised(shape, 'n')};
    }
    ${pool}
  }
}
let pooledPixel = id.y * control.capacity * HP * WP * C + id.x;
${finish}`,
  });
}

/** Gradient of the mixture at pixel `at` (over all images) of a model, from that of the result. */
function mixtureGradient(shape: MixingShape): string {
  const inner = keepsWinners(shape)
    ? `let word = winners[pooledPixel];
  let winner = vec4u(word & 255u, (word >> 8u) & 255u, (word >> 16u) & 255u, word >> 24u);
  return select(vec4f(), result[pooledPixel], winner == vec4u(row % F * F + column % F));`
    : 'return result[pooledPixel] / f32(F * F);';
  return `
fn mixtureGradient(model: u32, at: u32, block: u32) -> vec4f {
  let column = at % W;
  let row = at / W % H;
  let image = at / (W * H);
  if (row / F >= HP || column / F >= WP) { return vec4f(); }
  let pooledPixel = (((model * control.capacity + image) * HP + row / F) * WP + column / F) * C + block;
  ${inner}
}`;
}

/** Σ d·ŷ and Σ d: two vectors for each candidate, block and part. */
export function products(shape: MixingShape) {
  return kernel({
    label: 'products',
    bindings: {
      control: CONTROL,
      table: reads(ENTRIES),
      rows: reads(ROWS),
      norms: reads(VECTORS),
      slab: reads(VECTORS),
      result: reads(VECTORS),
      winners: reads(WORDS),
      parts: writes(VECTORS),
    },
    constants: constantsOf(shape),
    declarations: mixtureGradient(shape),
    body: `${PART_THREAD}
var along = vec4f();
var plain = vec4f();
for (var at = begin; at < end; at++) {
  let d = mixtureGradient(cell.w, at, block);
  let y = slab[base + at * C + block];
  along += d * ${normalised(shape, 'id.y')};
  plain += d;
}
parts[partIndex] = along;
parts[partIndex + 1u] = plain;`,
  });
}

/** One workgroup a candidate (id.y). */
export function returns(shape: MixingShape) {
  return kernel({
    label: 'returns',
    bindings: {
      control: CONTROL,
      table: reads(ENTRIES),
      parts: reads(VECTORS),
      norms: writes(VECTORS),
      rowGradients: writes(NUMBERS),
    },
    constants: constantsOf(shape),
    declarations: TOTAL,
    body: `
let pixels = f32(control.images * H * W);
var sum = 0.0;
for (var block = 0u; block < C; block++) {
  let at = ((id.y * C + block) * PARTS + local) * 2u;
  let along = total(parts[at], local);
  let plain = total(parts[at + 1u], local);
  sum += dot(along, vec4f(1.0));
  if (local == 0u) {
    norms[(id.y * C + block) * NORMS + 2u] = along / pixels;
    norms[(id.y * C + block) * NORMS + 3u] = plain / pixels;
  }
}
if (local == 0u) {
  let alphaIndex = table[id.y].z;
  rowGradients[alphaIndex] = sum + select(0.0, rowGradients[alphaIndex], control.accumulate == 1u);
}`,
  });
}

function outputGradient(shape: MixingShape): string {
  if (shape.normalisation === 'none') return 'd';
  if (shape.normalisation === 'l2') return 'd * norms[norm]';
  return `norms[norm] * (d - norms[norm + 3u] - ${normalised(shape, 'id.y')} * norms[norm + 2u])`;
}

/** A thread has one pixel of one block of a candidate (id.y); padding images get zero. */
export function spread(shape: MixingShape) {
  return kernel({
    label: 'spread',
    bindings: {
      control: CONTROL,
      table: reads(ENTRIES),
      rows: reads(ROWS),
      norms: reads(VECTORS),
      slab: reads(VECTORS),
      result: reads(VECTORS),
      winners: reads(WORDS),
      gradients: writes(VECTORS),
    },
    constants: constantsOf(shape),
    declarations: mixtureGradient(shape),
    body: `
let padded = (control.images + PER - 1u) / PER * PER;
if (id.x >= padded * H * W * C) { return; }
let cell = table[id.y];
let block = id.x % C;
let norm = (id.y * C + block) * NORMS;
let size = control.capacity * H * W * C;
let y = slab[cell.x * size + id.x];
let d = mixtureGradient(cell.w, id.x / C, block);
let value = rows[cell.z].x * (${outputGradient(shape)});
gradients[cell.y * size + id.x] = select(vec4f(), value, id.x < control.images * H * W * C);`,
  });
}

/** A thread has one pixel of one block of a model (id.y). */
export function collect(shape: MixingShape) {
  return kernel({
    label: 'collect',
    bindings: {
      control: CONTROL,
      models: reads(ENTRIES),
      gradients: reads(VECTORS),
      output: writes(VECTORS),
    },
    constants: constantsOf(shape),
    body: `
let padded = (control.images + PER - 1u) / PER * PER;
if (id.x >= padded * H * W * C) { return; }
let model = models[id.y];
let size = control.capacity * H * W * C;
var sum = vec4f();
for (var n = 0u; n < model.y; n++) {
  sum += gradients[(model.z + n) * size + id.x];
}
output[id.y * size + id.x] = sum;`,
  });
}
