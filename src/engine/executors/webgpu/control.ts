/** The control block: what changes from one submit to the next, as bytes in the order of the shader. */
import { CONTROL_FIELDS, type ControlField } from './shaders/template.ts';

export type Control = { readonly [Field in ControlField]: number };

export const CONTROL_BYTES = 4 * CONTROL_FIELDS.length;

/** Everything off. */
export const IDLE: Control = {
  images: 0,
  capacity: 0,
  accumulate: 0,
  gather: 0,
  leaf: 0,
  share: 0,
  rate: 0,
  mCorrection: 1,
  vCorrection: 1,
  alphaRate: 0,
  alphaMCorrection: 1,
  alphaVCorrection: 1,
  moveAlpha: 0,
  average: 0,
  temperature: 1,
  unused: 0,
};

export function encodeControl(control: Control): ArrayBuffer {
  const bytes = new ArrayBuffer(CONTROL_BYTES);
  const view = new DataView(bytes);
  for (const [i, [name, type]] of CONTROL_FIELDS.entries()) {
    if (type === 'f32') view.setFloat32(4 * i, control[name], true);
    else view.setUint32(4 * i, control[name], true);
  }
  return bytes;
}

/** Adam's bias corrections for step `count`, from 1. */
export function adamCorrections(count: number): readonly [m: number, v: number] {
  return [1 / (1 - 0.9 ** count), 1 / (1 - 0.999 ** count)];
}
