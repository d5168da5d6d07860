/**
 * The safetensors format: the length of a JSON header in 8 bytes, the header, then the values of all
 * tensors end to end. (github.com/huggingface/safetensors.)
 */
import { concatenate } from '../../core/gzip.ts';
import { type Bytes, floatBytes, textBytes } from './bytes.ts';

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** Float32 tensors; `metadata` is text by key. */
export function safetensors(
  tensors: readonly NamedTensor[],
  metadata: { readonly [key: string]: string },
): Bytes {
  const entries: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const { name, shape, values } of tensors) {
    const end = offset + 4 * values.length;
    entries[name] = { dtype: 'F32', shape, data_offsets: [offset, end] };
    offset = end;
  }
  const plain = textBytes(JSON.stringify(entries));
  // Spaces bring the values to a multiple of 8 bytes, as the format advises.
  const header = new Uint8Array(Math.ceil(plain.length / 8) * 8).fill(0x20);
  header.set(plain);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  return concatenate([length, header, ...tensors.map(({ values }) => floatBytes(values))]);
}
