import { expect, test } from 'vitest';
import { stageEffects } from './analysisStages.ts';

test('stages of different sizes: a row for each, as long as its candidates', () => {
  const choices = [0, 1].flatMap((a) => [0, 1, 2].map((b) => [a, b]));
  const gains = [
    [0, 0.2],
    [0.1, 0.1, 0.4],
  ];
  const values = choices.map(([a, b]) => 0.3 + gains[0]![a!]! + gains[1]![b!]!);
  const effects = stageEffects(choices, values);
  // The mean of the values, 0.3 + 0.1 + 0.2, and what a candidate adds to that of its stage.
  const expected = [
    [0.5, 0.7],
    [0.5, 0.5, 0.8],
  ];
  expect(effects.map((row) => row.length)).toEqual([2, 3]);
  effects.forEach((row, s) => {
    row.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[s]![i]!, 6);
    });
  });
});
