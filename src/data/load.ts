/**
 * From a source to images in memory: fetch, unpack, verify, parse. Nothing unverified gets through:
 * each file must have its known digest, and shapes, counts and labels must be those of the catalogue.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { LabError } from '../core/errors.ts';
import { isGzip, gunzip as unpack } from '../core/gzip.ts';
import { type DatasetDescriptor, type DatasetFile, datasetDescriptor } from './catalogue.ts';
import { readIdx } from './idx.ts';
import type { LabelledImages } from './images.ts';
import { type DatasetSource, throwIfCancelled } from './source.ts';

export interface Dataset {
  readonly descriptor: DatasetDescriptor;
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  /** Identifies the images: SHA-256 over the digests of the four files, lower-case hex. */
  readonly digest: string;
}

export interface DatasetProgress {
  /** The file that is being fetched or verified. */
  readonly file: string;
  /** Compressed bytes so far and in all, over the four files; never decreases. */
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

export type DatasetProgressListener = (progress: DatasetProgress) => void;

const ORDER = ['trainImages', 'trainLabels', 'testImages', 'testLabels'] as const;
const ADVICE = 'Load it again; if that does not help, rebuild it with `npm run datasets`.';

function damaged(file: string, what: string, expected: string, found: string): LabError {
  return new LabError(
    'dataset-damaged',
    `${file} is damaged: expected ${what} ${expected}, found ${found}. ${ADVICE}`,
    { file, what, expected, found },
  );
}

/**
 * Decompresses gzip bytes; bytes without the gzip signature (1f 8b) pass through, because a server
 * may have had them decompressed on the way.
 * @throws LabError `dataset-damaged` for a corrupt or cut off gzip file.
 */
export async function gunzip(bytes: Uint8Array, fileName: string): Promise<Uint8Array> {
  if (!isGzip(bytes)) return bytes;
  const unpacked = await unpack(bytes);
  if (unpacked.error) throw damaged(fileName, 'an intact', 'gzip file', unpacked.error);
  return unpacked.bytes;
}

function verify(bytes: Uint8Array, file: DatasetFile): Uint8Array {
  const found = bytesToHex(sha256(bytes));
  if (found !== file.sha256) throw damaged(file.path, 'SHA-256', file.sha256, found);
  return bytes;
}

function parse(
  descriptor: DatasetDescriptor,
  count: number,
  [imageFile, imageBytes]: readonly [DatasetFile, Uint8Array],
  [labelFile, labelBytes]: readonly [DatasetFile, Uint8Array],
): LabelledImages {
  const { height, width, channels, classes } = descriptor;
  const images = readIdx(imageBytes, imageFile.path);
  const shape = [count, height, width, ...(channels === 1 ? [] : [channels])].join(' × ');
  if (images.shape.join(' × ') !== shape) {
    throw damaged(imageFile.path, 'the shape', shape, images.shape.join(' × '));
  }
  const labels = readIdx(labelBytes, labelFile.path);
  if (labels.shape.join(' × ') !== `${count}`) {
    throw damaged(labelFile.path, 'the shape', `${count}`, labels.shape.join(' × '));
  }
  const wrong = labels.data.findIndex((label) => label >= classes.length);
  if (wrong >= 0) {
    const found = `${labels.data[wrong]} for image ${wrong}`;
    throw damaged(labelFile.path, 'labels', `below ${classes.length}`, found);
  }
  return { count, height, width, channels, pixels: images.data, labels: labels.data };
}

/** What `Dataset.digest` is, from the descriptor alone. */
export function datasetDigest(descriptor: DatasetDescriptor): string {
  const digests = ORDER.map((part) => descriptor.files[part].sha256);
  return bytesToHex(sha256(utf8ToBytes(digests.join('\n'))));
}

/**
 * Loads a data set: its four files one after the other, each unpacked and verified as it arrives.
 * @param dataset an id (its shipped variant), or a descriptor
 * @param onProgress hears of compressed bytes; the last call has loadedBytes = totalBytes
 * @throws LabError `dataset-unavailable` (unknown id, or the source failed), `dataset-damaged` (not the
 * expected bytes; names the file, what was expected and what was found), or `cancelled`.
 */
export async function loadDataset(
  dataset: string | DatasetDescriptor,
  source: DatasetSource,
  onProgress?: DatasetProgressListener,
  signal?: AbortSignal,
): Promise<Dataset> {
  const descriptor = typeof dataset === 'string' ? datasetDescriptor(dataset) : dataset;
  const totalBytes = ORDER.reduce((sum, part) => sum + descriptor.files[part].bytes, 0);
  let reported = 0;
  let before = 0;
  const report = (file: DatasetFile, share: number) => {
    reported = Math.max(reported, before + Math.round(Math.min(share, 1) * file.bytes));
    onProgress?.({ file: file.path, loadedBytes: reported, totalBytes });
  };
  const fetchFile = async (part: (typeof ORDER)[number]) => {
    const file = descriptor.files[part];
    throwIfCancelled(signal);
    report(file, 0);
    const bytes = await source.fetchBytes(
      file.path,
      (loaded, total) => report(file, loaded / (total || file.decompressedBytes)),
      signal,
    );
    throwIfCancelled(signal);
    const unpacked = verify(await gunzip(bytes, file.path), file);
    report(file, 1);
    before += file.bytes;
    return [file, unpacked] as const;
  };
  const trainImages = await fetchFile('trainImages');
  const trainLabels = await fetchFile('trainLabels');
  const testImages = await fetchFile('testImages');
  const testLabels = await fetchFile('testLabels');
  throwIfCancelled(signal);
  return {
    descriptor,
    train: parse(descriptor, descriptor.train, trainImages, trainLabels),
    test: parse(descriptor, descriptor.test, testImages, testLabels),
    digest: datasetDigest(descriptor),
  };
}

export interface DatasetCache {
  /** As `loadDataset`, but a data set that was loaded before is returned at once. */
  load(
    dataset: string | DatasetDescriptor,
    onProgress?: DatasetProgressListener,
    signal?: AbortSignal,
  ): Promise<Dataset>;
  /** Forgets everything, so that memory can be reclaimed. */
  clear(): void;
}

/**
 * Keeps loaded data sets in memory, one for each digest. Failures are not kept. Loads run one after
 * the other, so two requests for the same set download it once; a request that waits can still be
 * cancelled.
 */
export function createDatasetCache(source: DatasetSource): DatasetCache {
  const loaded = new Map<string, Dataset>();
  let queue: Promise<unknown> = Promise.resolve();
  return {
    async load(dataset, onProgress, signal) {
      const descriptor = typeof dataset === 'string' ? datasetDescriptor(dataset) : dataset;
      const key = datasetDigest(descriptor);
      const ready = loaded.get(key);
      if (ready) return ready;
      const next = queue.then(async () => {
        throwIfCancelled(signal);
        const known = loaded.get(key);
        if (known) return known;
        const fresh = await loadDataset(descriptor, source, onProgress, signal);
        loaded.set(key, fresh);
        return fresh;
      });
      queue = next.catch(() => undefined);
      return untilCancelled(next, signal);
    },
    clear: () => loaded.clear(),
  };
}

/** Settles as `work` does, or rejects with `cancelled` as soon as the signal aborts. */
function untilCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new LabError('cancelled', 'Loading the data set was cancelled.'));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}
