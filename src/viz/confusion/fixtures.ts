/** Confusion matrices to look at: from no class to twenty-six, without images and with all in one. */
import type { Fixture } from '../shared/chart.ts';
import { CLASS_NAMES, fixtureRandom, LONG_NAME, times } from '../shared/fixtureSeries.ts';
import type { ConfusionModel } from './model.ts';

/** About seven of ten images recognised, the rest spread over the other classes. */
function matrix(classes: readonly string[], images: number): ConfusionModel {
  const random = fixtureRandom(`confusion ${classes.length}`);
  const counts = classes.map((_, truth) => {
    const row = classes.map(() => 0);
    for (let i = 0; i < images; i++) {
      const predicted = random.bernoulli(0.7) ? truth : random.integer(classes.length);
      row[predicted] = (row[predicted] ?? 0) + 1;
    }
    return row;
  });
  return { classes, counts, selected: null };
}

const LETTERS = times(26, (i) => String.fromCharCode(65 + i));

export const fixtures: readonly Fixture<ConfusionModel>[] = [
  { name: 'No classes', model: { classes: [], counts: [], selected: null } },
  { name: 'No images yet', model: matrix(['cat', 'dog'], 0) },
  {
    name: 'Typical',
    model: { ...matrix(CLASS_NAMES, 100), selected: { truth: 3, predicted: 5 } },
  },
  { name: 'Crowded', model: matrix(LETTERS, 60) },
  {
    name: 'Long names',
    model: matrix(
      times(4, (i) => `${i + 1}: ${LONG_NAME}`),
      40,
    ),
  },
  {
    name: 'All taken for one class, huge counts',
    model: {
      classes: CLASS_NAMES,
      counts: CLASS_NAMES.map((_, truth) =>
        CLASS_NAMES.map((_, predicted) => (predicted === 0 && truth !== 4 ? 6_000_000 : 0)),
      ),
      selected: null,
    },
  },
];
