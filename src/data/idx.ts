/**
 * The IDX format of the MNIST files, bytes in and bytes out: two zero bytes, a type code, the number
 * of dimensions, one big-endian 32-bit size a dimension, then the values in row-major order. Only
 * unsigned bytes (type 0x08) with 1 to 4 dimensions are read here; nothing is fetched or unpacked.
 */
import { LabError } from '../core/errors.ts';

export interface IdxArray {
  /** Sizes, slowest dimension first: `[N]`, `[N, H, W]` or `[N, H, W, C]`. */
  readonly shape: readonly number[];
  /** Row-major values; a view of the file's bytes, not a copy. */
  readonly data: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;
const MAX_DIMENSIONS = 4;

const hex = (value: number, digits = 2) => `0x${value.toString(16).padStart(digits, '0')}`;

function damaged(file: string, offset: number, expected: string, found: string): LabError {
  return new LabError(
    'dataset-damaged',
    `${file} is not a valid IDX file: at byte ${offset}, expected ${expected}, found ${found}. ` +
      'Download the file again, or rebuild it with `npm run datasets`.',
    { file, offset, expected, found },
  );
}

/**
 * Reads an IDX file of unsigned bytes.
 * @param bytes the whole file, decompressed
 * @param fileName the name that errors give
 * @throws LabError `dataset-damaged` naming the file, the byte offset, and what was expected and found:
 * at the first wrong header byte, or at the end of the file (too short) or of the data (too long).
 */
export function readIdx(bytes: Uint8Array, fileName: string): IdxArray {
  const end = 'the end of the file';
  if (bytes.length < 4) throw damaged(fileName, bytes.length, 'a header of 4 bytes or more', end);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint16(0);
  if (magic !== 0) {
    const offset = view.getUint8(0) === 0 ? 1 : 0;
    throw damaged(fileName, offset, '0x00', hex(view.getUint8(offset)));
  }
  const type = view.getUint8(2);
  if (type !== UNSIGNED_BYTE) {
    throw damaged(fileName, 2, `type ${hex(UNSIGNED_BYTE)} (unsigned byte)`, `type ${hex(type)}`);
  }
  const rank = view.getUint8(3);
  if (rank < 1 || rank > MAX_DIMENSIONS) {
    throw damaged(fileName, 3, `1 to ${MAX_DIMENSIONS} dimensions`, `${rank}`);
  }
  const start = 4 + 4 * rank;
  if (bytes.length < start) {
    throw damaged(fileName, bytes.length, `a header of ${start} bytes`, end);
  }
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const size = shape.reduce((product, one) => product * one, 1);
  const found = bytes.length - start;
  if (found < size) {
    const expected = `${size} values (${shape.join(' × ')}) from byte ${start}`;
    throw damaged(fileName, bytes.length, expected, `${end} after ${found} values`);
  }
  if (found > size) {
    throw damaged(fileName, start + size, end, `${found - size} more bytes`);
  }
  return { shape, data: bytes.subarray(start) };
}

/**
 * Writes an IDX file of unsigned bytes: the inverse of `readIdx`.
 * @throws RangeError unless there are 1 to 4 sizes, each a 32-bit integer ≥ 0, whose product is the
 * number of values.
 */
export function writeIdx(shape: readonly number[], data: Uint8Array): Uint8Array<ArrayBuffer> {
  const size = shape.reduce((product, one) => product * one, 1);
  const valid = shape.every((one) => Number.isInteger(one) && one >= 0 && one <= 0xffffffff);
  if (shape.length < 1 || shape.length > MAX_DIMENSIONS || !valid || size !== data.length) {
    throw new RangeError(`IDX: shape ${shape.join(' × ')} does not fit ${data.length} values`);
  }
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + size);
  const view = new DataView(bytes.buffer);
  view.setUint8(2, UNSIGNED_BYTE);
  view.setUint8(3, shape.length);
  for (const [i, one] of shape.entries()) view.setUint32(4 + 4 * i, one);
  bytes.set(data, start);
  return bytes;
}
