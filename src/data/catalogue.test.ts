import { describe, expect, it } from 'vitest';
import { LabError } from '../core/errors.ts';
import { datasetShape, findDataset } from '../core/run/datasets.ts';
import { availableVariants, chooseVariant, DATASET_IDS, datasetDescriptor } from './catalogue.ts';

describe('catalogue', () => {
  it.each(DATASET_IDS)('describes %s completely', (id) => {
    const one = datasetDescriptor(id);
    expect(one).toMatchObject({ id, variant: 'shipped', ...findDataset(id)?.shipped });
    expect(one.classes.length).toBeGreaterThan(1);
    expect(new Set(one.classes).size).toBe(one.classes.length);
    expect(one.mean).toHaveLength(one.channels);
    expect(one.std).toHaveLength(one.channels);
    for (const value of [...one.mean, ...one.std]) {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(1);
    }
    for (const text of [one.name, one.explanation, one.source, one.licence, one.citation]) {
      expect(text).not.toBe('');
    }
    expect(one.files.trainImages.path).toBe(`datasets/${id}/train-images.idx.gz`);
  });

  it.each(DATASET_IDS)('knows the full %s as the engine knows it', (id) => {
    const { height, width, channels, train, test, files } = datasetDescriptor(id, 'full');
    expect({ height, width, channels, train, test }).toEqual(datasetShape(id));
    expect(files.trainImages.path).toBe(`datasets/full/${id}/train-images.idx.gz`);
    const header = channels === 1 ? 16 : 20;
    const size = train * height * width * channels;
    expect(files.trainImages.decompressedBytes).toBe(header + size);
  });

  it('has the statistics that are published for the full sets', () => {
    expect(datasetDescriptor('mnist', 'full')).toMatchObject({ mean: [0.13066], std: [0.308108] });
    const [red, green, blue] = datasetDescriptor('cifar-10', 'full').mean;
    expect(red).toBeCloseTo(0.4914, 4);
    expect(green).toBeCloseTo(0.4822, 4);
    expect(blue).toBeCloseTo(0.4465, 4);
  });

  it('lists the known sets when it does not know one', () => {
    try {
      datasetDescriptor('imagenet');
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      expect(error.code).toBe('dataset-unavailable');
      expect(error.message).toContain('“imagenet”');
      expect(error.message).toContain('mnist, fashion-mnist, cifar-10');
      expect(error.details).toEqual({ id: 'imagenet', known: [...DATASET_IDS] });
    }
    expect(() => datasetDescriptor('toString')).toThrow(LabError);
  });

  it('offers the full variant where the manifest lists it', () => {
    const variants = (manifest: unknown) =>
      availableVariants('mnist', manifest).map((one) => one.variant);
    expect(variants({ version: 1, datasets: ['mnist'] })).toEqual(['shipped', 'full']);
    expect(variants({ version: 1, datasets: ['cifar-10'] })).toEqual(['shipped']);
    for (const other of [null, undefined, 'mnist', 1, [], {}, { datasets: 'mnist' }]) {
      expect(variants(other)).toEqual(['shipped']);
    }
  });

  it('reaches for the full set only when the shipped part is too small', async () => {
    const choose = async (trainImages: number, manifest: unknown) => {
      let asked = false;
      const demand = { dataset: 'mnist', trainImages, validationImages: 1000, testImages: 1000 };
      const { variant } = await chooseVariant(demand, async () => {
        asked = true;
        return manifest;
      });
      return { variant, asked };
    };
    const listed = { datasets: ['mnist'] };
    expect(await choose(9000, listed)).toEqual({ variant: 'shipped', asked: false });
    expect(await choose(9001, listed)).toEqual({ variant: 'full', asked: true });
    expect(await choose(9001, null)).toEqual({ variant: 'shipped', asked: true });
  });
});
