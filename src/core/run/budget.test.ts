import { describe, expect, it } from 'vitest';
import { budgetOf, isSpent } from './budget.ts';

const none = { generations: 0, macs: 0, evaluations: 0, seed: 1 };
const cost = { steps: 100, macs: 5e9, evaluations: 4 };

describe('budget', () => {
  it('lists the limits that hold, in order', () => {
    expect(budgetOf(none, cost, 2)).toEqual([]);
    const all = { ...none, generations: 10, macs: 1e10, evaluations: 20 };
    expect(budgetOf(all, cost, 2)).toEqual([
      { unit: 'rounds', limit: 10, spent: 2 },
      { unit: 'macs', limit: 1e10, spent: 5e9 },
      { unit: 'evaluations', limit: 20, spent: 4 },
    ]);
    expect(budgetOf({ ...none, evaluations: 20 }, cost, 2).map(({ unit }) => unit)).toEqual([
      'evaluations',
    ]);
  });

  it.each([
    [{}, false],
    [{ macs: 5e9 + 1 }, false],
    [{ macs: 5e9 }, true],
    [{ evaluations: 5 }, false],
    [{ evaluations: 4 }, true],
    [{ macs: 1e12, evaluations: 3 }, true],
    [{ generations: 1 }, false],
  ])('%j: spent is %j', (limits, spent) => {
    expect(isSpent({ ...none, ...limits }, cost)).toBe(spent);
  });
});
