import { describe, expect, test } from 'vitest';
import { resolveConfig } from '../run/resolve.ts';
import { defaultAmount, forStudy, studyConfig } from './defaults.ts';
import type { StudyEvent } from './events.ts';
import { reduceStudy } from './reducer.ts';
import { jobWork, studyWork } from './work.ts';

const config = studyConfig(forStudy(resolveConfig({ preset: 'smoke' })));
const amount = defaultAmount(config);
const started: StudyEvent = {
  type: 'study/started',
  at: 0,
  wall: 0,
  version: 1,
  config,
  amount,
  datasetDigest: 'ab',
  backend: { name: 'wasm', adapter: '', reason: '' },
  executor: 'wasm',
  engineVersion: '1',
};

const total = (view: Parameters<typeof studyWork>[0]) => studyWork(view).total;

describe('the work of a study', () => {
  test('grows with steps, seeds and readouts', () => {
    const job = { kind: 'alone', choice: [0, 0], seed: 0, steps: 10 } as const;
    const one = jobWork(config, job);
    expect(jobWork(config, { ...job, steps: 20 }).training).toBe(2 * one.training);
    expect(one.reading).toBeGreaterThan(0);
    const supernet = { kind: 'supernet', variant: 'gumbel', supernet: 0 } as const;
    const none = jobWork({ ...config, checkpoints: 0 }, supernet);
    const two = jobWork({ ...config, checkpoints: 2 }, supernet);
    expect(two.reading).toBeCloseTo(3 * none.reading);
    expect(two.training).toBe(none.training);
    const before = total(reduceStudy([started]));
    const more = { ...started, amount: { ...amount, seeds: amount.seeds + 1 } };
    expect(total(reduceStudy([more]))).toBeGreaterThan(before);
  });

  test('counts architectures before they are chosen about as after', () => {
    const before = studyWork(reduceStudy([started]));
    expect(before.left).toBe(before.total);
    const choices = [0, 1, 2].flatMap((a) => [0, 1, 2].map((b) => [a, b])).slice(0, 8);
    const chosen: StudyEvent = { type: 'study/selected', at: 0, wall: 0, choices };
    const after = studyWork(reduceStudy([started, chosen]));
    expect(after.jobs).toBe(before.jobs);
    expect(before.total / after.total).toBeGreaterThan(0.7);
    expect(before.total / after.total).toBeLessThan(1.4);
  });

  test('of an empty log is nothing', () => {
    expect(studyWork(reduceStudy([]))).toMatchObject({ left: 0, total: 0, jobsLeft: 0, jobs: 0 });
  });
});
