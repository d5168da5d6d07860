import { expect, test } from 'vitest';
import { lossCount, studyLossSentence } from './deviceLoss.ts';
import type { StudyJob } from './events.ts';

const job: StudyJob = { kind: 'alone', choice: [0, 1], seed: 0, steps: 5 };

test('a loss says how much began again', () => {
  expect(studyLossSentence({ jobs: [job] })).toMatch(/what was on it began again/);
  expect(studyLossSentence({ jobs: [job, job] })).toMatch(/the 2 trainings on it began again/);
});

test('losses are counted in words', () => {
  expect(lossCount(1)).toBe('the GPU was lost once');
  expect(lossCount(3)).toBe('the GPU was lost 3 times');
});
