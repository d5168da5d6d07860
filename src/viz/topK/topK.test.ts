import { describe, expect, it } from 'vitest';
import { layoutTopK } from './layout.ts';
import type { TopKModel } from './model.ts';
import { describeTopK, tableTopK } from './text.ts';

describe('top k', () => {
  const item = (key: string, accuracy: number | null, membership: number) => ({
    key,
    name: key,
    accuracy,
    scoreRank: 1,
    membership,
    cells: null,
  });
  const model: TopKModel = {
    ranker: 'FaDE',
    k: 2,
    architectures: [item('a', 0.5, 0), item('b', 0.48, 1), item('c', 0.4, 0.5), item('d', null, 0)],
    regret: 0.02,
    precision: 0.5,
    chance: 0.5,
    selected: [],
  };

  it('spans the regret from the best to the best predicted, and borders the true top', () => {
    const { marks, regret, border, floor } = layoutTopK(model, { width: 600, height: 280 });
    expect(marks.map((mark) => mark.predicted)).toEqual(['no', 'yes', 'tied', 'no']);
    expect(marks.map((mark) => mark.wanted)).toEqual([true, true, false, false]);
    expect(regret).toEqual({ x: marks[1]?.x, top: marks[0]?.y, bottom: marks[1]?.y });
    expect(border).toBeGreaterThan(marks[1]?.x ?? 0);
    expect(border).toBeLessThan(marks[2]?.x ?? 0);
    expect(marks[3]?.y).toBeGreaterThan(floor ?? 0);
  });

  it('has no regret span while nothing certain is predicted', () => {
    const none = { ...model, architectures: [item('a', 0.5, 0.5), item('b', 0.4, 0.5)] };
    expect(layoutTopK(none, { width: 600, height: 280 }).regret).toBeNull();
    expect(describeTopK(model)).toContain('regret@2 2.0 points, precision@2 .50 (chance .50)');
    expect(tableTopK(model).rows[3]?.[3]).toBe('diverged');
  });
});
