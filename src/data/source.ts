/**
 * Where the bytes of the data sets come from. A source is injected into `loadDataset`; this one is a
 * browser's `fetch`. (The command line has its own, which reads files.)
 */

import { LabError } from '../core/errors.ts';
import { concatenate } from '../core/gzip.ts';

/** @param totalBytes null where the size is not known in advance */
export type ByteProgress = (loadedBytes: number, totalBytes: number | null) => void;

export interface DatasetSource {
  /**
   * The bytes of a file: gzip, or already decompressed where a server did it on the way.
   * @param path relative to public/
   * @throws LabError `dataset-unavailable` if they cannot be had, `cancelled` once `signal` aborts
   */
  fetchBytes(
    path: string,
    onProgress: ByteProgress,
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array>;
}

/** @throws LabError `cancelled` once the signal has aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new LabError('cancelled', 'Loading the data set was cancelled.');
}

function unavailable(url: string, status: number | null, why: string): LabError {
  return new LabError(
    'dataset-unavailable',
    `${url} could not be loaded: ${why}. Check the connection and try again; if the file is missing ` +
      'on the server, rebuild it with `npm run datasets`.',
    { url, status },
  );
}

async function readBody(
  body: ReadableStream<Uint8Array>,
  total: number | null,
  onProgress: ByteProgress,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    throwIfCancelled(signal);
    if (done) break;
    chunks.push(value);
    loaded += value.length;
    onProgress(loaded, total);
  }
  return concatenate(chunks);
}

/**
 * A source that fetches over HTTP, with progress as the bytes stream in. A server that sends
 * `Content-Encoding: gzip` has the browser decompress the file: the bytes then arrive unpacked, and
 * their total is reported as unknown, because `Content-Length` counts packed ones.
 * @param baseUrl what the paths are relative to, e.g. `import.meta.env.BASE_URL` or an absolute URL
 */
export function browserSource(baseUrl: string): DatasetSource {
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
  return {
    async fetchBytes(path, onProgress, signal) {
      throwIfCancelled(signal);
      const url = `${base}${path}`;
      try {
        const response = await fetch(url, signal ? { signal } : {});
        const { status, headers, body } = response;
        if (!response.ok) throw unavailable(url, status, `the server answered ${status}`);
        if (headers.get('content-type')?.startsWith('text/html')) {
          throw unavailable(url, status, 'the server answered with a web page, not with the file');
        }
        if (!body) throw unavailable(url, status, 'the answer was empty');
        const length = Number(headers.get('content-length') ?? Number.NaN);
        const packed = headers.get('content-encoding') === null;
        const total = packed && Number.isFinite(length) ? length : null;
        return await readBody(body, total, onProgress, signal);
      } catch (error) {
        throwIfCancelled(signal);
        if (error instanceof LabError) throw error;
        throw unavailable(url, null, error instanceof Error ? error.message : String(error));
      }
    },
  };
}
