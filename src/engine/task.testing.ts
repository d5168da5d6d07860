/** A made-up data set that can be learnt in a few steps, and tiny configs: for tests, also in a browser. */

import { regionOf } from '../core/cellId.ts';
import { createRandom } from '../core/random.ts';
import type { CellMask } from '../core/region.ts';
import type { RunConfig } from '../core/run/config.ts';
import { type ConfigOverrides, resolveConfig, resolveOver } from '../core/run/resolve.ts';
import type { StudyConfig } from '../core/study/config.ts';
import { datasetDescriptor } from '../data/catalogue.ts';
import type { LabelledImages } from '../data/images.ts';
import type { Dataset } from '../data/load.ts';

const SIDE = 8;
const CLASSES = 3;

/** Two channels of noise; the class is where a bright column stands in the first. */
function stripes(count: number, label: string): LabelledImages {
  const random = createRandom(3, 'stripes', label);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % CLASSES);
  const pixels = Uint8Array.from({ length: count * SIDE * SIDE * 2 }, (_, i) => {
    const bright = i % 2 === 0 && (i >> 1) % SIDE === 1 + 2 * (labels[i >> 7] ?? 0);
    return random.integer(90) + (bright ? 150 : 0);
  });
  return { count, height: SIDE, width: SIDE, channels: 2, pixels, labels };
}

/** 8×8 images with two channels and three classes that a tiny network learns in a few steps. */
export function tinyDataset(train = 90, test = 30): Dataset {
  return {
    descriptor: {
      ...datasetDescriptor('mnist'),
      id: 'stripes',
      height: SIDE,
      width: SIDE,
      channels: 2,
      classes: ['left', 'middle', 'right'],
      mean: [0.25, 0.18],
      std: [0.2, 0.1],
      train,
      test,
    },
    train: stripes(train, 'train'),
    test: stripes(test, 'test'),
    digest: 'ab'.repeat(32),
  };
}

/** Two stages of three cells with three vertices; six steps. */
export function tinyConfig(overrides: ConfigOverrides = {}): RunConfig {
  const base = resolveConfig({
    preset: 'smoke',
    overrides: {
      task: { trainImages: 60, validationImages: 30, testImages: 30, imagePooling: 1 },
      space: { vertices: 3, candidates: 3, channels: [3, 4] },
      supernet: { steps: 6, batchSize: 10, reportEvery: 2, alpha: { frozen: 0.3 } },
    },
  });
  return resolveOver(base, overrides);
}

/**
 * A study of `tinyConfig` on a region of cells with three vertices (`stages[stage][candidate]`): one
 * Gumbel supernet variant, no proxies, six steps alone, unless `more` says otherwise.
 */
export function tinyStudy(
  stages: readonly (readonly CellMask[])[],
  more: Partial<StudyConfig> = {},
): StudyConfig {
  const run = tinyConfig();
  return {
    run,
    region: regionOf(3, stages),
    origin: { kind: 'random' },
    variants: [{ id: 'gumbel', supernet: run.supernet }],
    steps: 6,
    checkpoints: 0,
    proxies: false,
    ...more,
  };
}
