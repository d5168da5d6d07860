/**
 * A small typed template for WGSL. A kernel names its bindings, its constants and its body; the
 * source is put together here, so that bindings cannot drift from what the host binds.
 */

/** `read` and `write` are storage buffers; `write` may be read as well. */
export interface Binding {
  readonly access: 'uniform' | 'read' | 'write';
  readonly type: string;
}

export interface Kernel<Name extends string = string> {
  readonly label: string;
  readonly bindings: Readonly<Record<Name, Binding>>;
  readonly code: string;
}

/** Threads of a workgroup, in every kernel. */
export const WORKGROUP = 64;

/** Changes from submit to submit; the host writes it before each. See `control.ts`. */
export const CONTROL: Binding = { access: 'uniform', type: 'Control' };

/** Fields of the control block: four bytes each, in this order. */
export const CONTROL_FIELDS = [
  /** Images in this part of the batch, and the room for images in each slot. */
  ['images', 'u32'],
  ['capacity', 'u32'],
  /** 1: gradients are added to those of an earlier part of the batch. */
  ['accumulate', 'u32'],
  /** 1: loss and correct answers are added to the sums. */
  ['gather', 'u32'],
  /** Pair of sums of the first model. */
  ['leaf', 'u32'],
  /** Factor of each image's loss. */
  ['share', 'f32'],
  ['rate', 'f32'],
  /** Adam's 1/(1 − β₁ᵗ) and 1/(1 − β₂ᵗ). */
  ['mCorrection', 'f32'],
  ['vCorrection', 'f32'],
  ['alphaRate', 'f32'],
  ['alphaMCorrection', 'f32'],
  ['alphaVCorrection', 'f32'],
  /** 1: alpha takes a step; 1: softmax(alpha) is added to the running sum. */
  ['moveAlpha', 'u32'],
  ['average', 'u32'],
  ['temperature', 'f32'],
  ['unused', 'u32'],
] as const;

export type ControlField = (typeof CONTROL_FIELDS)[number][0];

const controlStruct = `struct Control {\n${CONTROL_FIELDS.map(([name, type]) => `  ${name}: ${type},`).join('\n')}\n}`;

function declare(name: string, { access, type }: Binding, index: number): string {
  const space = { uniform: 'uniform', read: 'storage, read', write: 'storage, read_write' }[access];
  return `@group(0) @binding(${index}) var<${space}> ${name}: ${type};`;
}

/** `count` pieces of source, one a line. */
export function each(count: number, piece: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => piece(i)).join('\n');
}

/** Puts a kernel together. Constants become `const NAME = 7u;`. `body` is what `main` does. */
export function kernel<Name extends string>(parts: {
  readonly label: string;
  readonly bindings: Readonly<Record<Name, Binding>>;
  readonly constants?: { readonly [name: string]: number };
  /** Functions and workgroup variables. */
  readonly declarations?: string;
  readonly body: string;
}): Kernel<Name> {
  const { label, bindings, constants = {}, declarations = '', body } = parts;
  const named = Object.entries<Binding>(bindings);
  const code = [
    `// ${label}`,
    ...(named.some(([, { type }]) => type === CONTROL.type) ? [controlStruct] : []),
    ...Object.entries(constants).map(([name, value]) => `const ${name} = ${value}u;`),
    ...named.map(([name, binding], i) => declare(name, binding, i)),
    declarations,
    `@compute @workgroup_size(${WORKGROUP})`,
    'fn main(',
    '  @builtin(global_invocation_id) id: vec3u,',
    '  @builtin(local_invocation_index) local: u32,',
    ') {',
    body,
    '}',
  ].join('\n');
  return { label, bindings, code };
}

export const VECTORS = 'array<vec4f>';
export const NUMBERS = 'array<f32>';
export const WORDS = 'array<u32>';
export const ENTRIES = 'array<vec4u>';
/** For each candidate its weight, and whether it runs (1 or 0). */
export const ROWS = 'array<vec2f>';

export const reads = (type: string): Binding => ({ access: 'read', type });
export const writes = (type: string): Binding => ({ access: 'write', type });
