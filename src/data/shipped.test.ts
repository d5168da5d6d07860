/** The files in public/datasets are the ones that the catalogue describes. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findDataset } from '../core/run/datasets.ts';
import { DATASET_IDS, datasetDescriptor } from './catalogue.ts';
import { classCounts } from './images.ts';
import { loadDataset } from './load.ts';
import type { DatasetSource } from './source.ts';

const shipped: DatasetSource = {
  async fetchBytes(path) {
    return readFileSync(new URL(`../../public/${path}`, import.meta.url));
  },
};

describe.each(DATASET_IDS)('%s as shipped', (id) => {
  it('matches its digests, sizes, counts, class balance and statistics', async () => {
    const descriptor = datasetDescriptor(id);
    for (const file of Object.values(descriptor.files)) {
      const bytes = await shipped.fetchBytes(file.path, () => {}, undefined);
      expect(bytes).toHaveLength(file.bytes);
    }
    const { train, test } = await loadDataset(id, shipped);
    expect({ train: train.count, test: test.count }).toEqual(findDataset(id)?.shipped);
    for (const part of [train, test]) {
      const classes = descriptor.classes.length;
      const even = new Array<number>(classes).fill(part.count / classes);
      expect(classCounts(part.labels, classes)).toEqual(even);
    }
    for (const [c, mean] of descriptor.mean.entries()) {
      let sum = 0;
      for (let i = c; i < train.pixels.length; i += train.channels) sum += train.pixels[i]!;
      expect(sum / (train.pixels.length / train.channels) / 255).toBeCloseTo(mean, 5);
    }
  });
});
