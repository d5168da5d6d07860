/** gzip by the platform's own streams, in browsers and in Node. */

const LIMIT = 512 * 1024 * 1024;

/** True if the bytes begin like a gzip file. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The chunks end to end. */
export function concatenate(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

async function collect(
  stream: ReadableStream<Uint8Array>,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; error: string | null }> {
  const chunks: Uint8Array[] = [];
  const reader = stream.getReader();
  let size = 0;
  let error: string | null = null;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      chunks.push(part.value);
      size += part.value.length;
      if (size > LIMIT) {
        error = `more than ${LIMIT / 2 ** 20} MiB`;
        await reader.cancel();
        break;
      }
    }
  } catch {
    error = 'cut off or damaged';
  }
  return { bytes: concatenate(chunks), error };
}

/** Compressed bytes. */
export async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return (await collect(stream)).bytes;
}

/** What can be decompressed, and what stopped it if it is not everything. */
export async function gunzip(
  bytes: Uint8Array,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly error: string | null }> {
  const copy = new Uint8Array(bytes);
  return collect(new Blob([copy]).stream().pipeThrough(new DecompressionStream('gzip')));
}
