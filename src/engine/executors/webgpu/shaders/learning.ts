/**
 * What is small: weights of the mixture out of alpha, the loss and its gradient, and the optimisers.
 */
import type { Optimiser, Sampling } from '../../../../core/run/config.ts';
import { BLOCK } from '../../units.ts';
import { CONTROL, ENTRIES, kernel, NUMBERS, ROWS, reads, VECTORS, writes } from './template.ts';

/**
 * softmax over one stage's entries `range` of alpha, through `logit(i)`: leaves `highest` and `sum`.
 */
const SOFTMAX = `
var highest = -3.0e38;
for (var i = range.x; i < range.x + range.y; i++) { highest = max(highest, logit(i)); }
var sum = 0.0;
for (var i = range.x; i < range.x + range.y; i++) { sum += exp(logit(i) - highest); }`;

/**
 * Rows (weight, 1) and the soft weights, stage after stage: softmax((alpha + noise)/τ); hard sampling
 * is one-hot forwards. One thread a stage. `ranges`: (first, candidates).
 */
export function mixture(sampling: Sampling) {
  const logit = sampling === 'softmax' ? 'alpha[i]' : '(alpha[i] + noise[i]) / control.temperature';
  const weight = sampling === 'gumbel-hard' ? 'select(0.0, 1.0, soft[i] >= largest)' : 'soft[i]';
  return kernel({
    label: 'mixture',
    bindings: {
      control: CONTROL,
      ranges: reads(ENTRIES),
      alpha: reads(NUMBERS),
      noise: reads(NUMBERS),
      soft: writes(NUMBERS),
      rows: writes(ROWS),
    },
    declarations: `fn logit(i: u32) -> f32 { return ${logit}; }`,
    body: `
if (id.x >= arrayLength(&ranges)) { return; }
let range = ranges[id.x];
${SOFTMAX}
var largest = 0.0;
for (var i = range.x; i < range.x + range.y; i++) {
  soft[i] = exp(logit(i) - highest) / sum;
  largest = max(largest, soft[i]);
}
for (var i = range.x; i < range.x + range.y; i++) { rows[i] = vec2f(${weight}, 1.0); }`,
  });
}

const adam = (value: string, gradient: string, scales: readonly [string, string, string]) => `
m[at] = 0.9 * m[at] + 0.1 * ${gradient};
v[at] = 0.999 * v[at] + 0.001 * ${gradient} * ${gradient};
${value}[at] -= ${scales[0]} * ${scales[1]} * m[at] / (sqrt(v[at] * ${scales[2]}) + 1e-8);`;

/** v ← μv + g, x ← x − rate·v. */
const sgd = (value: string, gradient: string, rate: string, momentum: number) => `
m[at] = f32(${momentum}) * m[at] + ${gradient};
${value}[at] -= ${rate} * m[at];`;

/** One step of all parameters: a thread has four of them. */
export function optimise(optimiser: Optimiser, momentum: number) {
  const step =
    optimiser === 'adam'
      ? adam('parameters', 'g', ['control.rate', 'control.mCorrection', 'control.vCorrection'])
      : sgd('parameters', 'g', 'control.rate', momentum);
  return kernel({
    label: 'optimise',
    bindings: {
      control: CONTROL,
      gradients: reads(VECTORS),
      parameters: writes(VECTORS),
      m: writes(VECTORS),
      v: writes(VECTORS),
    },
    body: `
let at = id.y * 65536u + id.x;
if (at >= arrayLength(&parameters)) { return; }
let g = gradients[at];
${step}`,
  });
}

/**
 * A step of alpha from the gradient of the mixture's weights, through the softmax, if it is to move;
 * then adds softmax(alpha) to the running sum, if wanted. One thread a stage.
 */
export function stepAlpha(sampling: Sampling, optimiser: Optimiser, momentum: number) {
  const step =
    optimiser === 'adam'
      ? adam('alpha', 'g', [
          'control.alphaRate',
          'control.alphaMCorrection',
          'control.alphaVCorrection',
        ])
      : sgd('alpha', 'g', 'control.alphaRate', momentum);
  const temperature = sampling === 'softmax' ? '' : ' / control.temperature';
  return kernel({
    label: 'step of alpha',
    bindings: {
      control: CONTROL,
      ranges: reads(ENTRIES),
      soft: reads(NUMBERS),
      rowGradients: reads(NUMBERS),
      alpha: writes(NUMBERS),
      m: writes(NUMBERS),
      v: writes(NUMBERS),
      averages: writes(NUMBERS),
    },
    declarations: 'fn logit(i: u32) -> f32 { return alpha[i]; }',
    body: `
if (id.x >= arrayLength(&ranges)) { return; }
let range = ranges[id.x];
if (control.moveAlpha == 1u) {
  var mean = 0.0;
  for (var i = range.x; i < range.x + range.y; i++) { mean += soft[i] * rowGradients[i]; }
  for (var at = range.x; at < range.x + range.y; at++) {
    let g = soft[at] * (rowGradients[at] - mean)${temperature};${step}
  }
}
if (control.average == 1u) {
  ${SOFTMAX}
  for (var i = range.x; i < range.x + range.y; i++) {
    averages[i] += exp(logit(i) - highest) / sum;
  }
}`,
  });
}

/**
 * Softmax cross-entropy of a model's images and its gradient, and the sums of loss and correct answers
 * (a tie counts as correct). One workgroup a model (id.y); padding images get zero gradients.
 * Labels are [model][capacity].
 */
export function loss(classes: number, ownLabels: boolean) {
  return kernel({
    label: 'loss',
    bindings: {
      control: CONTROL,
      labels: reads('array<u32>'),
      logits: reads(NUMBERS),
      gradients: writes(NUMBERS),
      sums: writes('array<vec2f>'),
    },
    constants: { CLASSES: classes, PADDED: Math.ceil(classes / BLOCK) * BLOCK },
    declarations: 'var<workgroup> shelf: array<vec2f, 64>;',
    body: `
var own = vec2f();
for (var image = local; image < control.capacity; image += 64u) {
  let base = (id.y * control.capacity + image) * PADDED;
  let counts = image < control.images;
  let label = labels[${ownLabels ? 'id.y * control.capacity + ' : ''}image];
  var highest = logits[base];
  for (var i = 1u; i < CLASSES; i++) { highest = max(highest, logits[base + i]); }
  var sum = 0.0;
  for (var i = 0u; i < CLASSES; i++) { sum += exp(logits[base + i] - highest); }
  for (var i = 0u; i < PADDED; i++) {
    let probability = exp(logits[base + i] - highest) / sum;
    let slope = (probability - select(0.0, 1.0, i == label)) * control.share;
    gradients[base + i] = select(0.0, slope, counts && i < CLASSES);
  }
  let right = logits[base + label];
  if (counts) {
    own += vec2f((log(sum) + highest - right) * control.share, select(0.0, 1.0, right >= highest));
  }
}
shelf[local] = own;
workgroupBarrier();
for (var half = 32u; half > 0u; half /= 2u) {
  if (local < half) { shelf[local] += shelf[local + half]; }
  workgroupBarrier();
}
if (local == 0u && control.gather == 1u) {
  sums[control.leaf + id.y] += shelf[0];
}`,
  });
}
