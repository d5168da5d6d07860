/** Nothing believes in ten classes: a registered data set of seven goes through all that counts them. */
import { expect, test, vi } from 'vitest';
import { classifierCost } from '../core/architecture.ts';
import { DATASETS } from '../core/datasets/registry.ts';
import { reduceLog } from '../core/run/reducer.ts';
import { resolveConfig } from '../core/run/resolve.ts';
import { fieldsFor } from '../core/run/schema.ts';
import { syntheticEvents } from '../core/run/testing.ts';
import { studyConfig } from '../core/study/defaults.ts';
import { analysisBasis } from '../core/study/rankerTable.ts';
import { EMPTY_STUDY } from '../core/study/reducer.ts';
import { tableConfusion } from '../viz/confusion/text.ts';
import { confusionCounts } from './architecture/predictions.ts';
import { estimateCost } from './costs/estimate.ts';
import { networkShape } from './costs/network.ts';
import { trainingModel } from './search/models.ts';

vi.mock('../core/datasets/registry.ts', async (original) => {
  const registry = await original<typeof import('../core/datasets/registry.ts')>();
  const seven = {
    ...registry.DATASETS[0],
    id: 'seven',
    name: 'Seven',
    classes: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
  };
  return { ...registry, DATASETS: [...registry.DATASETS, seven] };
});

const config = resolveConfig({ preset: 'smoke', overrides: { task: { dataset: 'seven' } } });
const mnist = resolveConfig({ preset: 'smoke' });

test('is registered, and offered', () => {
  expect(DATASETS.at(-1)?.id).toBe('seven');
  const field = fieldsFor(null).find(({ path }) => path === 'task.dataset');
  if (field?.kind !== 'choice') throw new Error('task.dataset is no choice');
  expect(field.choices.at(-1)).toMatchObject({ value: 'seven', label: 'Seven' });
});

test('networks have seven outputs, and cost less than with ten', () => {
  const [seven, ten] = [networkShape(config), networkShape(mnist)];
  if (!seven || !ten) throw new Error('no shape');
  expect(seven.classes).toBe(7);
  expect(classifierCost(seven).parameters).toBe((7 / 10) * classifierCost(ten).parameters);
  expect(estimateCost(config)?.network.parameters).toBeLessThan(
    estimateCost(mnist)?.network.parameters ?? 0,
  );
});

test('guessing is right once in seven', () => {
  const view = reduceLog(syntheticEvents());
  expect(trainingModel(view)?.chance).toBe(1 / 10);
  expect(trainingModel({ ...view, config })?.chance).toBe(1 / 7);
  expect(analysisBasis({ ...EMPTY_STUDY, config: studyConfig(config) })?.chance).toBe(1 / 7);
});

test('a confusion matrix has seven rows and columns', () => {
  const classes = DATASETS.at(-1)?.classes ?? [];
  const counts = confusionCounts([], classes.length);
  const { columns, rows } = tableConfusion({ classes, counts, selected: null });
  expect(rows).toHaveLength(7);
  expect(columns).toEqual([
    'true class',
    ...classes.map((name) => `as ${name}`),
    'images',
    'recognised',
  ]);
});
