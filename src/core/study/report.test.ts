import { describe, expect, it } from 'vitest';
import { analyse } from './analysis.ts';
import { FIGURES } from './figures.ts';
import { analysisBasis, rankerTable, truthTable } from './rankerTable.ts';
import { isReportable, reduceStudy } from './reducer.ts';
import { namedPairs, reportTurns } from './report.ts';
import { syntheticStudyConfig, syntheticStudyEvents } from './testing.ts';

const config = syntheticStudyConfig();
const amount = { architectures: 8, seeds: 2, supernets: 3 };
const view = reduceStudy(syntheticStudyEvents({ config, amount }));
const options = { reference: null, resamples: 200 };
const [first, last] = [...reportTurns(view, options)];

describe('reportTurns', () => {
  it('gives the figures at once, then the same with intervals', () => {
    expect(first?.analysis.resamples).toBe(0);
    expect(last?.analysis.resamples).toBe(200);
    for (const [n, ranker] of (last?.analysis.rankers ?? []).entries()) {
      expect(first?.analysis.rankers[n]?.spearman).toBe(ranker.spearman);
    }
  });

  it('ends with what the analysis says', () => {
    const basis = analysisBasis(view);
    if (!basis) throw new Error('no basis');
    const whole = analyse(truthTable(view), rankerTable(view), { ...basis, ...options, k: 5 });
    expect(last?.analysis).toEqual(whole);
  });

  it('averages each figure over single supernets', () => {
    const single = last?.singles.find(({ ranker }) => ranker === 'fade');
    expect(single?.supernets).toBe(3);
    const basis = analysisBasis(view);
    if (!basis) throw new Error('no basis');
    const values = [0, 1, 2].map((supernet) => {
      const table = rankerTable(view, { supernets: [supernet] });
      const alone = analyse(truthTable(view), table, { ...basis, k: 5, resamples: 0 });
      return alone.rankers.find(({ id }) => id === 'fade')?.spearman ?? Number.NaN;
    });
    expect(single?.figures.spearman).toBeCloseTo(values.reduce((a, b) => a + b) / 3, 12);
    expect(Object.keys(single?.figures ?? {}).sort()).toEqual([...FIGURES].sort());
  });

  it('has a curve for every supernet ranker that ends at its figure', () => {
    const curve = last?.curves.find(({ ranker }) => ranker === 'fade');
    const steps = curve?.points.map(({ step }) => step) ?? [];
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(config.variants[0]?.supernet.steps);
    const fade = last?.analysis.rankers.find(({ id }) => id === 'fade');
    expect(curve?.points.at(-1)?.spearman).toBe(fade?.spearman);
  });

  it('needs three architectures', () => {
    const two = reduceStudy(syntheticStudyEvents({ config, amount, jobs: 3 }));
    expect(isReportable(two)).toBe(false);
    expect(() => [...reportTurns(two, options)]).toThrow(/at least 3 architectures/);
    expect(isReportable(reduceStudy(syntheticStudyEvents({ config, amount, jobs: 4 })))).toBe(true);
  });
});

describe('namedPairs', () => {
  const truth = last?.analysis.truth;
  if (!truth) throw new Error('no truth');

  it('names the architectures that the ranker has the wrong way round', () => {
    const reversed = truth.mean.map((value) => (value === null ? null : -value));
    const pairs = namedPairs(truth, reversed, 3);
    expect(pairs).toHaveLength(3);
    const mean = (id: string) => truth.mean[truth.architectures.indexOf(id)] ?? Number.NaN;
    for (const { better, worse, difference } of pairs ?? []) {
      expect(mean(better) - mean(worse)).toBeCloseTo(difference ?? Number.NaN, 12);
      expect(difference).toBeGreaterThan(0);
    }
    expect(namedPairs(truth, truth.mean, 3)).toEqual([]);
  });
});
