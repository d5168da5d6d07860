import { describe, expect, it } from 'vitest';
import type { JobProgress } from '../../../core/study/events.ts';
import { laneRows } from './lanes.ts';

const STEPS = 375;

const network = (seed: number, more: Partial<JobProgress> = {}): JobProgress => ({
  job: { kind: 'alone', choice: [0, 1], seed, steps: STEPS },
  step: 130,
  steps: STEPS,
  loss: 1 + seed / 10,
  accuracy: 0.4,
  weights: null,
  phase: 'training',
  ...more,
});

const supernet: JobProgress = {
  ...network(0),
  job: { kind: 'supernet', variant: 'base', supernet: 1 },
};

const waiting = { phase: 'waiting', step: 0, steps: 0, loss: null, accuracy: null } as const;
const many = (count: number, more: Partial<JobProgress> = {}) =>
  Array.from({ length: count }, (_, seed) => network(seed, more));

describe('rows of a study under way', () => {
  it('are one a job where several threads work', () => {
    const rows = laneRows([supernet, ...many(3)], 4);
    expect(rows.map(({ name }) => name)).toEqual([
      'Supernet 2 (base)',
      '1 › 2 alone, seed 1',
      '1 › 2 alone, seed 2',
      '1 › 2 alone, seed 3',
    ]);
    expect(rows.every(({ parts }) => parts.length === 0)).toBe(true);
    expect(rows[1]?.text).toBe('step 130 of 375 · loss 1.00 · accuracy 40.0 %');
  });

  it('are one for the networks that one device trains together, with all of them in it', () => {
    const [row, ...others] = laneRows(many(24), 1);
    expect(others).toEqual([]);
    expect(row?.name).toBe('24 networks side by side');
    expect(row?.text).toBe('step 130 of 375 · loss 1.00 – 3.30 · accuracy 40.0 %');
    expect(row?.share).toBeCloseTo(130 / STEPS);
    expect(row?.parts.map(({ name }) => name).at(-1)).toBe('1 › 2 alone, seed 24');
  });

  it('stay single where one device does one job', () => {
    expect(laneRows([network(0)], 1)[0]?.name).toBe('1 › 2 alone, seed 1');
    expect(laneRows([supernet], 1)[0]?.name).toBe('Supernet 2 (base)');
  });

  it('keep their key while they go on, so that an open one stays open', () => {
    const [before] = laneRows(many(24), 1);
    const [after] = laneRows(many(7, { step: 140 }), 1);
    expect(after?.key).toBe(before?.key);
  });

  it('say who waits where the device does not hold all, and who is done', () => {
    const held = [...many(6, waiting), ...many(16)];
    const [row] = laneRows([...many(2, { phase: 'readout', step: STEPS }), ...held], 1);
    expect(row?.name).toBe('16 networks side by side');
    expect(row?.text).toContain('step 130 of 375');
    expect(row?.text).toContain('2 trained · 6 waiting');
  });

  it('have words before the first step, after the last, and for one that fell behind', () => {
    expect(laneRows(many(3, waiting), 1)[0]).toMatchObject({ text: 'waiting', share: 0 });
    const done = many(3, { phase: 'readout', step: STEPS });
    expect(laneRows(done, 1)[0]).toMatchObject({ text: 'testing', share: 1 });
    const behind = [network(0, { step: 10 }), ...many(2)];
    expect(laneRows(behind, 1)[0]?.text).toContain('step 130 of 375');
  });
});
