/**
 * As much of the protocol-buffers wire format as ONNX needs: a message is its fields, one after the
 * other, each a key (number × 8 + wire type) and a value.
 */
import { concatenate } from '../../core/gzip.ts';
import { type Bytes, textBytes } from './bytes.ts';

const VARINT = 0;
const LENGTH = 2;
const FIXED32 = 5;

/** Base 128, low groups first. `value` is a whole number from 0 to 2^53. */
function varint(value: number): number[] {
  const groups: number[] = [];
  let rest = value;
  while (rest >= 128) {
    groups.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...groups, rest];
}

const key = (field: number, wire: number) => varint(field * 8 + wire);

/** An int64, int32 or enum that is not negative. */
export const intField = (field: number, value: number): Bytes =>
  Uint8Array.from([...key(field, VARINT), ...varint(value)]);

/** Strings, bytes and messages. */
export const bytesField = (field: number, bytes: Uint8Array): Bytes =>
  concatenate([Uint8Array.from([...key(field, LENGTH), ...varint(bytes.length)]), bytes]);

export const textField = (field: number, text: string): Bytes => bytesField(field, textBytes(text));

export function floatField(field: number, value: number): Bytes {
  const bytes = new Uint8Array(5);
  bytes.set(key(field, FIXED32));
  new DataView(bytes.buffer).setFloat32(1, value, true);
  return bytes;
}

/** A message inside another. */
export const messageField = (field: number, parts: readonly Uint8Array[]): Bytes =>
  bytesField(field, concatenate(parts));
