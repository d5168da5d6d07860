/**
 * Convolution over strips, forwards and backwards. (Index arithmetic of all layers:)
 *
 *   slot      [planes][H][W][blocks] four-vectors; slot n begins at n·planes·H·W·blocks
 *   weights   [tap row][tap column][input channel][output block] four-vectors over outputs, then bias
 *   reluBits  [operation][planes][H][strips][output blocks] words; bit 4·pixel + channel says y > 0
 *   table     first an entry for each thread row id.y: (slot, first link, links, candidate), then the
 *             links: (slot of the other end, first four-vector of the weights, operation, −)
 *
 * A thread makes one strip of P pixels for one block of four channels of one vertex, and sums over
 * the operations that meet there. `id.x` counts block (fastest), strip, row, plane. Per tap row and
 * per block of the other side it loads the P + K − 1 pixels its strip sees, and slides over them.
 *
 *   forward    sum = Σ relu(bias + Σ w·x), and the ReLU bits of each term
 *   backward   sum = Σ over operations of Σ wᵀ·(dy where the ReLU bit is set), taps reversed
 */
import type { LayerGeometry } from '../geometry.ts';
import {
  CONTROL,
  ENTRIES,
  each,
  type Kernel,
  kernel,
  ROWS,
  reads,
  VECTORS,
  WORDS,
  writes,
} from './template.ts';

export function geometryConstants(geometry: LayerGeometry): { readonly [name: string]: number } {
  return {
    H: geometry.height,
    W: geometry.width,
    PER: geometry.imagesPerPlane,
    CI: geometry.inputBlocks,
    CO: geometry.outputBlocks,
    K: geometry.kernel,
    PAD: (geometry.kernel - 1) / 2,
    P: geometry.strip,
    STRIPS: geometry.strips,
  };
}

/**
 * Condition under which pixel `offset` of a strip (from −PAD) lies inside the row; null if always,
 * 'never' if never.
 */
export function insideRow({ width, strip, strips }: LayerGeometry, offset: number): string | null {
  const left = offset < 0;
  const right = (strips - 1) * strip + offset >= width;
  if ((left && strips === 1) || (right && strips === 1)) return 'never';
  if (left) return 'strip > 0u';
  return right ? `left + ${offset} < i32(W)` : null;
}

/** Value of a vector where all conditions hold, else zero. */
export function where(value: string, conditions: readonly (string | null)[]): string {
  const kept = conditions.filter((condition) => condition !== null);
  if (kept.includes('never')) return 'vec4f()';
  return kept.reduce((inner, condition) => `select(vec4f(), ${inner}, ${condition})`, value);
}

/** Four conditions: the ReLU bits of `pixel` of a strip in `word`. */
export function reluBitsAt(word: string, pixel: number): string {
  const bits = [0, 1, 2, 3].map((channel) => `${2 ** (4 * pixel + channel)}u`);
  return `(vec4u(${word}) & vec4u(${bits.join(', ')})) != vec4u()`;
}

/** The pixels a strip sees: `x0` … in the order of the row, from the row that begins at `line`. */
function loadWindow(
  geometry: LayerGeometry,
  { buffer, blocks, throughRelu }: { buffer: string; blocks: string; throughRelu: boolean },
): string {
  const { kernel: k, strip } = geometry;
  const pad = (k - 1) / 2;
  return each(strip + k - 1, (j) => {
    const offset = j - pad;
    const value = `${buffer}[line + u32(left + ${offset}) * ${blocks} + other]`;
    const neighbour = offset < 0 ? 'before' : offset < strip ? 'word' : 'after';
    const passes = throughRelu ? reluBitsAt(neighbour, (offset + strip) % strip) : null;
    return `let x${j} = ${where(value, [insideRow(geometry, offset), passes])};`;
  });
}

/** Words of ReLU bits of the strip and its neighbours in the row that begins at `reluLine`. */
function loadReluBits({ kernel: k, strips }: LayerGeometry): string {
  const word = (shift: string) => `reluBits[reluLine + (${shift}) * CO + other]`;
  const neighbours = k > 1 && strips > 1;
  return [
    `let word = ${word('strip')};`,
    neighbours ? `let before = select(0u, ${word('strip - 1u')}, strip > 0u);` : '',
    neighbours ? `let after = select(0u, ${word('strip + 1u')}, strip + 1u < STRIPS);` : '',
  ].join('\n');
}

function multiply(geometry: LayerGeometry, forward: boolean): string {
  const { kernel: k, strip } = geometry;
  return each(k, (tap) => {
    // Backwards the taps run in reverse, so that column `tap` of the window meets tap K − 1 − tap.
    const column = forward ? tap : k - 1 - tap;
    const [input, output] = forward ? ['other', 'block'] : ['block', 'other'];
    const at = `link.y + ((weightRow * K + ${column}u) * CI + ${input}) * 4u * CO + ${output}`;
    const accumulate = (p: number) =>
      forward
        ? `a${p} += w0 * x${p + tap}.x + w1 * x${p + tap}.y + w2 * x${p + tap}.z + w3 * x${p + tap}.w;`
        : `a${p} += vec4f(${[0, 1, 2, 3].map((j) => `dot(w${j}, x${p + tap})`).join(', ')});`;
    return [
      '{',
      `let at = ${at};`,
      each(4, (j) => `let w${j} = parameters[at + ${j}u * CO];`),
      each(strip, accumulate),
      '}',
    ].join('\n');
  });
}

/** Adds a term to the sums; forwards with ReLU, whose bits are kept. */
function addTerm(geometry: LayerGeometry, forward: boolean): string {
  const { strip, strips, width, relu } = geometry;
  if (!forward || !relu) return each(strip, (p) => `s${p} += a${p};`);
  const overhang = strips * strip > width;
  const bits = (p: number) => {
    const set = `select(vec4u(), vec4u(1u, 2u, 4u, 8u), a${p} > vec4f())`;
    const inside = overhang ? insideRow(geometry, p) : null;
    const value = `b${p}.x | b${p}.y | b${p}.z | b${p}.w`;
    if (inside === 'never') return '';
    const line = `bits |= (${value}) << ${4 * p}u;`;
    return `let b${p} = ${set};\n${inside ? `if (${inside}) { ${line} }` : line}`;
  };
  return [
    'var bits = 0u;',
    each(strip, bits),
    // Not `max`: it may turn what is not a number into 0, and nobody would see the network diverge.
    each(strip, (p) => `s${p} += select(a${p}, vec4f(), a${p} < vec4f());`),
    'reluBits[(((link.z * planes + plane) * H + row) * STRIPS + strip) * CO + block] = bits;',
  ].join('\n');
}

function store(geometry: LayerGeometry, target: string, blocks: string): string {
  return each(geometry.strip, (p) => {
    const inside = insideRow(geometry, p);
    if (inside === 'never') return '';
    const line = `${target}[result + ${p}u * ${blocks}] = s${p};`;
    return inside ? `if (${inside}) { ${line} }` : line;
  });
}

function stripBody(
  geometry: LayerGeometry,
  names: { readonly source: string; readonly target: string; readonly skipsIdle: boolean },
  forward: boolean,
): string {
  const [here, there] = forward ? ['CO', 'CI'] : ['CI', 'CO'];
  const throughRelu = !forward && geometry.relu;
  const { strip, kernel: k } = geometry;
  return `
let item = table[id.y];
${names.skipsIdle ? 'if (rows[item.w].y == 0.0) { return; }' : ''}
let used = (control.images + PER - 1u) / PER;
if (id.x >= used * H * STRIPS * ${here}) { return; }
let planes = control.capacity / PER;
let block = id.x % ${here};
let strip = id.x / ${here} % STRIPS;
let row = id.x / (${here} * STRIPS) % H;
let plane = id.x / (${here} * STRIPS * H);
let left = i32(strip * P);
${each(strip, (p) => `var s${p} = vec4f();`)}
for (var l = item.y; l < item.y + item.z; l++) {
  let link = table[l];
  ${forward ? 'let bias = parameters[link.y + K * K * CI * 4u * CO + block];' : ''}
  ${each(strip, (p) => `var a${p} = ${forward ? 'bias' : 'vec4f()'};`)}
  for (var tap = 0u; tap < K; tap++) {
    let y = i32(row + tap) - i32(PAD);
    ${k > 1 ? 'if (y < 0 || y >= i32(H)) { continue; }' : ''}
    let sourceRow = (link.x * planes + plane) * H + u32(y);
    let line = sourceRow * W * ${there};
    ${throughRelu ? 'let reluLine = ((link.z * planes + plane) * H + u32(y)) * STRIPS * CO;' : ''}
    let weightRow = ${forward ? 'tap' : 'K - 1u - tap'};
    for (var other = 0u; other < ${there}; other++) {
      ${throughRelu ? loadReluBits(geometry) : ''}
      ${loadWindow(geometry, { buffer: names.source, blocks: there, throughRelu })}
      ${multiply(geometry, forward)}
    }
  }
  ${addTerm(geometry, forward)}
}
let result = (((item.x * planes + plane) * H + row) * W + strip * P) * ${here} + block;
${store(geometry, names.target, here)}`;
}

/** One level of a stage's cells: within the slab, for the candidates that run. */
export function cellForward(geometry: LayerGeometry) {
  return kernel({
    label: 'cells forward',
    bindings: {
      control: CONTROL,
      table: reads(ENTRIES),
      parameters: reads(VECTORS),
      rows: reads(ROWS),
      slab: writes(VECTORS),
      reluBits: writes(WORDS),
    },
    constants: geometryConstants(geometry),
    body: stripBody(geometry, { source: 'slab', target: 'slab', skipsIdle: true }, true),
  });
}

/** One level of a stage's cells backwards, within the slab of gradients. */
export function cellBackward(geometry: LayerGeometry) {
  return kernel({
    label: 'cells backward',
    bindings: {
      control: CONTROL,
      table: reads(ENTRIES),
      parameters: reads(VECTORS),
      reluBits: reads(WORDS),
      slab: writes(VECTORS),
    },
    constants: geometryConstants(geometry),
    body: stripBody(geometry, { source: 'slab', target: 'slab', skipsIdle: false }, false),
  });
}

const layerBindings = (reluBits: Kernel['bindings'][string]) => ({
  control: CONTROL,
  table: reads(ENTRIES),
  parameters: reads(VECTORS),
  reluBits,
  input: reads(VECTORS),
  output: writes(VECTORS),
});

/** A layer of each model (stem, classifier), from one buffer to another. */
export function layerForward(geometry: LayerGeometry) {
  return kernel({
    label: 'layer forward',
    bindings: layerBindings(writes(WORDS)),
    constants: geometryConstants(geometry),
    body: stripBody(geometry, { source: 'input', target: 'output', skipsIdle: false }, true),
  });
}

/** Gradient of a layer's input. */
export function layerBackward(geometry: LayerGeometry) {
  return kernel({
    label: 'layer backward',
    bindings: layerBindings(reads(WORDS)),
    constants: geometryConstants(geometry),
    body: stripBody(geometry, { source: 'input', target: 'output', skipsIdle: false }, false),
  });
}
