import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../core/errors.ts';
import { readIdx, writeIdx } from './idx.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const good = writeIdx([2, 3], bytes(1, 2, 3, 4, 5, 6));

function failure(file: Uint8Array): LabError {
  try {
    readIdx(file, 'some-images');
  } catch (error) {
    if (error instanceof LabError) return error;
  }
  throw new Error('readIdx accepted a damaged file');
}

describe('IDX', () => {
  it('is laid out as the MNIST files are', () => {
    expect([...good]).toEqual([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]);
    expect(readIdx(good, 'x')).toEqual({ shape: [2, 3], data: bytes(1, 2, 3, 4, 5, 6) });
  });

  it('reads sizes as big-endian and a file inside a larger buffer', () => {
    const large = writeIdx([0x0102], new Uint8Array(0x0102).fill(7));
    const shifted = new Uint8Array(large.length + 5);
    shifted.set(large, 5);
    expect(readIdx(shifted.subarray(5), 'x').shape).toEqual([258]);
  });

  it('reads back what it writes', () => {
    const arrays = fc
      .array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 })
      .chain((shape) => {
        const size = shape.reduce((a, b) => a * b, 1);
        const data = fc.uint8Array({ minLength: size, maxLength: size });
        return fc.record({ shape: fc.constant(shape), data });
      });
    fc.assert(
      fc.property(arrays, ({ shape, data }) => {
        const read = readIdx(writeIdx(shape, data), 'x');
        expect(read.shape).toEqual(shape);
        expect([...read.data]).toEqual([...data]);
      }),
    );
  });

  it.each([
    ['an empty file', bytes(), 0, 'a header of 4 bytes or more', 'the end of the file'],
    ['a cut magic number', good.subarray(0, 3), 3, 'a header of 4 bytes or more', 'the end'],
    ['a cut header', good.subarray(0, 10), 10, 'a header of 12 bytes', 'the end of the file'],
    ['a wrong first byte', bytes(0x1f, 0, 8, 1, 0, 0, 0, 0), 0, '0x00', '0x1f'],
    ['a wrong second byte', bytes(0, 0x8b, 8, 1, 0, 0, 0, 0), 1, '0x00', '0x8b'],
    ['floats', bytes(0, 0, 0x0d, 1, 0, 0, 0, 0), 2, 'type 0x08', 'type 0x0d'],
    ['no dimensions', bytes(0, 0, 8, 0), 3, '1 to 4 dimensions', '0'],
    ['five dimensions', bytes(0, 0, 8, 5), 3, '1 to 4 dimensions', '5'],
    ['cut data', good.subarray(0, 15), 15, '6 values (2 × 3) from byte 12', 'after 3 values'],
    ['too much data', bytes(...good, 9, 9), 18, 'the end of the file', '2 more bytes'],
  ])('says where and why it refuses %s', (_, file, offset, expected, found) => {
    const error = failure(file);
    expect(error.code).toBe('dataset-damaged');
    expect(error.details).toMatchObject({ file: 'some-images', offset });
    expect(error.details.expected).toContain(expected);
    expect(error.details.found).toContain(found);
    expect(error.message).toContain('some-images');
    expect(error.message).toContain(`byte ${offset}`);
    expect(error.message).toContain(expected);
    expect(error.message).toContain(found);
  });

  it('refuses a file whose sizes multiply beyond 32 bits', () => {
    const header = bytes(0, 0, 8, 4, ...new Array<number>(16).fill(255));
    expect(failure(header).details.offset).toBe(20);
  });

  it('does not write a shape that does not fit the data', () => {
    expect(() => writeIdx([2, 2], bytes(1, 2, 3))).toThrow(RangeError);
    expect(() => writeIdx([], bytes(1))).toThrow(RangeError);
    expect(() => writeIdx([1, 1, 1, 1, 1], bytes(1))).toThrow(RangeError);
    expect(() => writeIdx([-1, -1], bytes(1))).toThrow(RangeError);
  });
});
