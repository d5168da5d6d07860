/**
 * Gradients of weights and biases of all operations of one geometry, in two steps. (Index arithmetic:
 * `strips.ts`.)
 *
 *   filters   id.y is the operation; id.x counts output block (fastest), input block, tap row, chunk
 *             of rows. A thread walks along the rows of its chunk and gathers dW of one tap row for
 *             four inputs × four outputs: K·4 four-vectors. dz = dy where the ReLU bit is set.
 *   sum       adds the chunks of every operation: [chunk][operation][layer] → gradients
 *
 * The thread of the middle tap row and of input block 0 visits every pixel once, and has the bias's.
 */
import type { LayerGeometry } from '../geometry.ts';
import { geometryConstants, insideRow, reluBitsAt, where } from './strips.ts';
import { CONTROL, ENTRIES, each, kernel, reads, VECTORS, WORDS, writes } from './template.ts';

function strip(geometry: LayerGeometry): string {
  const { kernel: k, strip: pixels, relu } = geometry;
  const pad = (k - 1) / 2;
  const load = (p: number) => {
    const value = `gradients[lineOut + u32(left + ${p}) * CO + outputBlock]`;
    const passes = relu ? reluBitsAt('word', p) : null;
    return `let z${p} = ${where(value, [insideRow(geometry, p), passes])};`;
  };
  return [
    each(pixels, load),
    each(pixels + k - 1, (j) => {
      const value = `activations[lineIn + u32(left + ${j - pad}) * CI + inputBlock]`;
      return `let x${j} = ${where(value, [insideRow(geometry, j - pad)])};`;
    }),
    each(pixels, (p) => `bias += z${p};`),
    each(k, (tap) =>
      each(pixels, (p) =>
        ['x', 'y', 'z', 'w'].map((c, i) => `g${tap}${i} += x${p + tap}.${c} * z${p};`).join(' '),
      ),
    ),
  ].join('\n');
}

/** Filter gradients of every operation, one part for each chunk of rows. */
export function filterParts(geometry: LayerGeometry) {
  const { kernel: k, relu } = geometry;
  return kernel({
    label: 'filter gradients',
    bindings: {
      control: CONTROL,
      table: reads(ENTRIES),
      reluBits: reads(WORDS),
      activations: reads(VECTORS),
      gradients: reads(VECTORS),
      parts: writes(VECTORS),
    },
    constants: geometryConstants(geometry),
    body: `
let link = table[id.y];
let operations = link.z;
let chunks = link.w;
if (id.x >= chunks * K * CI * CO) { return; }
let outputBlock = id.x % CO;
let inputBlock = id.x / CO % CI;
let tapRow = id.x / (CO * CI) % K;
let chunk = id.x / (CO * CI * K);
let planes = control.capacity / PER;
let lines = (control.images + PER - 1u) / PER * H;
let length = (lines + chunks - 1u) / chunks;
${each(k, (tap) => each(4, (i) => `var g${tap}${i} = vec4f();`))}
var bias = vec4f();
for (var at = chunk * length; at < min((chunk + 1u) * length, lines); at++) {
  let row = at % H;
  let plane = at / H;
  let y = i32(row + tapRow) - i32(PAD);
  ${k > 1 ? 'if (y < 0 || y >= i32(H)) { continue; }' : ''}
  let lineIn = ((link.x * planes + plane) * H + u32(y)) * W * CI;
  let lineOut = ((link.y * planes + plane) * H + row) * W * CO;
  for (var strip = 0u; strip < STRIPS; strip++) {
    let left = i32(strip * P);
    ${relu ? 'let word = reluBits[(((id.y * planes + plane) * H + row) * STRIPS + strip) * CO + outputBlock];' : ''}
    ${strip(geometry)}
  }
}
let first = (chunk * operations + id.y) * (K * K * CI * 4u * CO + CO);
${each(k, (tap) =>
  each(
    4,
    (i) =>
      `parts[first + (((tapRow * K + ${tap}u) * CI + inputBlock) * 4u + ${i}u) * CO + outputBlock] = g${tap}${i};`,
  ),
)}
if (tapRow == PAD && inputBlock == 0u) {
  parts[first + K * K * CI * 4u * CO + outputBlock] = bias;
}`,
  });
}

/** Adds the chunks. `range`: (first four-vector of the gradients, how many, chunks, −). */
export function sumParts() {
  return kernel({
    label: 'sum of filter gradients',
    bindings: {
      control: CONTROL,
      range: { access: 'uniform', type: 'vec4u' },
      parts: reads(VECTORS),
      gradients: writes(VECTORS),
    },
    body: `
let at = id.y * 65536u + id.x;
if (at >= range.y) { return; }
var sum = select(vec4f(), gradients[range.x + at], control.accumulate == 1u);
for (var chunk = 0u; chunk < range.z; chunk++) {
  sum += parts[chunk * range.y + at];
}
gradients[range.x + at] = sum;`,
  });
}
