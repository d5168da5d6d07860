import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, LabError } from '../core/errors.ts';
import { type DatasetDescriptor, datasetDescriptor } from './catalogue.ts';
import { writeIdx } from './idx.ts';
import { createDatasetCache, type DatasetProgress, datasetDigest, loadDataset } from './load.ts';
import type { DatasetSource } from './source.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Three training and two test images of 2×2 pixels, with two classes. */
function tiny(change: { readonly labels?: number[]; readonly trainShape?: number[] } = {}) {
  const labels = change.labels ?? [0, 1, 0];
  const contents = {
    trainImages: writeIdx(change.trainShape ?? [3, 2, 2], Uint8Array.from({ length: 12 }).fill(5)),
    trainLabels: writeIdx([labels.length], Uint8Array.from(labels)),
    testImages: writeIdx([2, 2, 2], Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)),
    testLabels: writeIdx([2], Uint8Array.of(1, 0)),
  };
  const packed = new Map<string, Uint8Array>();
  const file = (name: keyof typeof contents) => {
    const path = `datasets/tiny/${name}`;
    const bytes = new Uint8Array(gzipSync(contents[name]));
    packed.set(path, bytes);
    const sizes = { bytes: bytes.length, decompressedBytes: contents[name].length };
    return { path, sha256: sha256(contents[name]), ...sizes };
  };
  const descriptor: DatasetDescriptor = {
    ...datasetDescriptor('mnist'),
    height: 2,
    width: 2,
    classes: ['no', 'yes'],
    train: 3,
    test: 2,
    files: {
      trainImages: file('trainImages'),
      trainLabels: file('trainLabels'),
      testImages: file('testImages'),
      testLabels: file('testLabels'),
    },
  };
  return { descriptor, contents, packed };
}

/** Serves files in two pieces, and reports a step back as well; notes what it served. */
function fake(files: ReadonlyMap<string, Uint8Array>, total: 'known' | 'unknown' = 'known') {
  const served: string[] = [];
  const source: DatasetSource = {
    async fetchBytes(path, onProgress) {
      const bytes = files.get(path);
      if (!bytes) throw new LabError('dataset-unavailable', `no ${path}`);
      served.push(path);
      const length = total === 'known' ? bytes.length : null;
      onProgress(Math.floor(bytes.length / 2), length);
      await Promise.resolve();
      onProgress(1, length);
      onProgress(bytes.length, length);
      return bytes;
    },
  };
  return { source, served };
}

async function failure(work: Promise<unknown>, code: ErrorCode): Promise<LabError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LabError)) throw new Error(`not a LabError: ${String(error)}`);
  expect(error.code).toBe(code);
  return error;
}

describe('loading', () => {
  it('gives the images, the labels and a digest of the four files', async () => {
    const { descriptor, packed } = tiny();
    const dataset = await loadDataset(descriptor, fake(packed).source);
    expect(dataset.train).toMatchObject({ count: 3, height: 2, width: 2, channels: 1 });
    expect([...dataset.train.labels]).toEqual([0, 1, 0]);
    expect([...dataset.test.pixels]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const { trainImages, trainLabels, testImages, testLabels } = descriptor.files;
    const digests = [trainImages, trainLabels, testImages, testLabels].map((one) => one.sha256);
    expect(dataset.digest).toBe(sha256(Buffer.from(digests.join('\n'))));
    expect(datasetDigest(descriptor)).toBe(dataset.digest);
    expect(datasetDigest(tiny({ labels: [1, 1, 0] }).descriptor)).not.toBe(dataset.digest);
  });

  it.each(['known', 'unknown'] as const)('reports growing progress, sizes %s', async (total) => {
    const { descriptor, packed } = tiny();
    const seen: DatasetProgress[] = [];
    await loadDataset(descriptor, fake(packed, total).source, (one) => seen.push(one));
    const loaded = seen.map((one) => one.loadedBytes);
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
    expect(loaded[0]).toBe(0);
    expect(new Set(loaded).size).toBeGreaterThan(5);
    const all = [...packed.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    expect(seen.at(-1)).toMatchObject({ loadedBytes: all, totalBytes: all });
    expect(new Set(seen.map((one) => one.file))).toEqual(new Set(packed.keys()));
  });

  it('takes files that the server has decompressed', async () => {
    const { descriptor, contents } = tiny();
    const files = Object.entries(contents).map(
      ([name, bytes]) => [`datasets/tiny/${name}`, bytes] as const,
    );
    const dataset = await loadDataset(descriptor, fake(new Map(files)).source);
    expect([...dataset.test.labels]).toEqual([1, 0]);
  });

  it('names file, expected and found digest when the bytes are not the known ones', async () => {
    const { descriptor, packed } = tiny();
    const other = writeIdx([2], Uint8Array.of(0, 0));
    const path = 'datasets/tiny/testLabels';
    packed.set(path, new Uint8Array(gzipSync(other)));
    const error = await failure(loadDataset(descriptor, fake(packed).source), 'dataset-damaged');
    const expected = descriptor.files.testLabels.sha256;
    expect(error.details).toMatchObject({ file: path, expected, found: sha256(other) });
    for (const part of [path, expected, sha256(other)]) expect(error.message).toContain(part);
  });

  it.each([
    ['cut off', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 9)],
    ['corrupt', (bytes: Uint8Array) => bytes.map((one, i) => (i > 9 && i < 14 ? 255 : one))],
    ['two bytes long', (bytes: Uint8Array) => bytes.subarray(0, 2)],
  ])('names the file when the gzip stream is %s', async (_, change) => {
    const { descriptor, packed } = tiny();
    const path = 'datasets/tiny/trainImages';
    packed.set(path, change(packed.get(path)!));
    const error = await failure(loadDataset(descriptor, fake(packed).source), 'dataset-damaged');
    expect(error.details.file).toBe(path);
    expect(error.message).toContain('gzip');
  });

  it.each([
    ['a label out of range', tiny({ labels: [0, 1, 2] }), 'trainLabels', '2 for image 2'],
    ['too few labels', tiny({ labels: [0, 1] }), 'trainLabels', '2'],
    ['another shape', tiny({ trainShape: [3, 1, 4] }), 'trainImages', '3 × 1 × 4'],
    ['another rank', tiny({ trainShape: [3, 2, 2, 1] }), 'trainImages', '3 × 2 × 2 × 1'],
  ])('refuses %s', async (_, { descriptor, packed }, file, found) => {
    const error = await failure(loadDataset(descriptor, fake(packed).source), 'dataset-damaged');
    expect(error.details).toMatchObject({ file: `datasets/tiny/${file}`, found });
  });

  it('passes on what the source says, and does not know every id', async () => {
    const { source } = fake(new Map());
    await failure(loadDataset('mnist', source), 'dataset-unavailable');
    await failure(loadDataset('imagenet', source), 'dataset-unavailable');
  });

  it('stops when cancelled, before and between files', async () => {
    const { descriptor, packed } = tiny();
    const { source, served } = fake(packed);
    await failure(loadDataset(descriptor, source, undefined, AbortSignal.abort()), 'cancelled');
    expect(served).toHaveLength(0);
    const control = new AbortController();
    const work = loadDataset(
      descriptor,
      source,
      ({ file }) => file.endsWith('trainLabels') && control.abort(),
      control.signal,
    );
    await failure(work, 'cancelled');
    expect(served.length).toBeLessThanOrEqual(2);
  });
});

describe('cache', () => {
  it('downloads once, also for two requests at once, and again after clear', async () => {
    const { descriptor, packed } = tiny();
    const { source, served } = fake(packed);
    const cache = createDatasetCache(source);
    const [first, second] = await Promise.all([cache.load(descriptor), cache.load(descriptor)]);
    expect(second).toBe(first);
    expect(served).toHaveLength(4);
    cache.clear();
    expect(await cache.load(descriptor)).not.toBe(first);
    expect(served).toHaveLength(8);
  });

  it('does not keep failures, and lets a waiting request be cancelled', async () => {
    const { descriptor, packed } = tiny();
    const path = 'datasets/tiny/trainImages';
    const bytes = packed.get(path)!;
    packed.delete(path);
    const cache = createDatasetCache(fake(packed).source);
    const control = new AbortController();
    const broken = failure(cache.load(descriptor), 'dataset-unavailable');
    const waiting = failure(cache.load(descriptor, undefined, control.signal), 'cancelled');
    control.abort();
    await Promise.all([broken, waiting]);
    packed.set(path, bytes);
    expect((await cache.load(descriptor)).train.count).toBe(3);
  });
});
