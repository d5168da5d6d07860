import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { fisherMean } from '../stats/index.ts';
import { estimate } from './analysis.ts';
import type { RankerScores } from './analysisInput.ts';
import { pooled } from './analysisPooling.ts';

const N = 20;
const options = { seed: 4, resamples: 400, against: ['size'] };

/** A region with its own level of accuracy and of scores; `skill` is how much a ranker knows. */
function study(region: number, skill: number, level: number, offset: number) {
  const random = createRandom(region, 'pooling', skill);
  const truths = Array.from({ length: N }, () => random.normal());
  const table = {
    architectures: truths.map((_, n) => `a${n}`),
    choices: truths.map((_, n) => [n]),
    accuracies: truths.map((value) => [level + 0.01 * value]),
    losses: truths.map(() => [1]),
    failures: [],
  };
  const scores = (knowledge: number) =>
    truths.map((value) => offset + knowledge * value + (1 - knowledge) * random.normal());
  const rankers: RankerScores[] = [
    { id: 'fade', name: 'FaDE', kind: 'supernet', supernets: 1, scores: scores(skill) },
    { id: 'size', name: 'size', kind: 'size', supernets: 0, scores: scores(0) },
  ];
  const flops = truths.map((_, n) => n);
  const analysis = estimate(table, rankers, {
    flops,
    seed: 1,
    k: 5,
    chance: 0.1,
    testImages: null,
  });
  return { region: `region ${region}`, analysis };
}

describe('several regions', () => {
  const studies = [1, 2, 3, 4].map((r) => study(r, 0.6, 0.4, 0));
  const { rankers, note } = pooled(studies, options);
  const [fade, size] = rankers;

  it('are averaged: rho on the scale of Fisher, tau plainly', () => {
    const rhos = studies.map(({ analysis }) => ({ rho: analysis.rankers[0]!.spearman!, n: N }));
    expect(fade!.regions.map(({ spearman }) => spearman)).toEqual(rhos.map(({ rho }) => rho));
    expect(fade!.spearman).toBeCloseTo(fisherMean(rhos), 12);
    const taus = studies.map(({ analysis }) => analysis.rankers[0]!.tauB!);
    expect(fade!.tauB).toBeCloseTo(taus.reduce((a, b) => a + b) / 4, 12);
    expect(fade!.naive.n).toBe(4 * N);
    expect(note).toMatch(/relative to their region/);
  });

  it('have intervals that hold the mean; regions drawn again make them wider', () => {
    const [low, high] = fade!.intervals.within!;
    expect(low).toBeLessThan(fade!.spearman!);
    expect(high).toBeGreaterThan(fade!.spearman!);
    const [far, near] = fade!.intervals.nested!;
    expect(near - far).toBeGreaterThan(high - low);
  });

  it('of very different regions leave open which of them the next is like', () => {
    const different = [study(1, 0.95, 0.4, 0), study(2, 0.1, 0.4, 0)];
    const [ranker] = pooled(different, options).rankers;
    const [good, bad] = ranker!.regions.map(({ spearman }) => spearman!);
    const [low, high] = ranker!.intervals.nested!;
    expect(good! - bad!).toBeGreaterThan(0.5);
    expect(low).toBeLessThan(bad! + 0.1);
    expect(high).toBeGreaterThan(good! - 0.1);
  });

  it('tell a ranker that beats a baseline from one that does not', () => {
    const [difference] = fade!.differences;
    expect(difference).toMatchObject({ against: 'size' });
    expect(difference!.spearman).toBeCloseTo(fade!.spearman! - size!.spearman!, 12);
    expect(difference!.intervals.within![0]).toBeGreaterThan(0);
    expect(size!.differences).toEqual([]);
    expect(size!.intervals.within![0]).toBeLessThan(0);
    expect(size!.intervals.within![1]).toBeGreaterThan(0);
  });

  it('are deterministic and safe for JSON', () => {
    expect(pooled(studies, options)).toEqual({ rankers, note });
    expect(JSON.parse(JSON.stringify(rankers))).toEqual(rankers);
  });
});

describe('why pooling is invalid', () => {
  it('an offset between regions looks like skill', () => {
    const [, size] = pooled([study(1, 0.6, 0.3, 0), study(2, 0.6, 0.6, 50)], options).rankers;
    expect(Math.abs(size!.spearman!)).toBeLessThan(0.35);
    expect(size!.naive.spearman!).toBeGreaterThan(0.7);
  });

  it('and an offset the other way hides it', () => {
    const [fade] = pooled([study(1, 0.8, 0.3, 50), study(2, 0.8, 0.6, 0)], options).rankers;
    expect(fade!.spearman!).toBeGreaterThan(0.8);
    expect(fade!.naive.spearman!).toBeLessThan(0);
  });
});

describe('regions that lack something', () => {
  it('one region is its own mean, without an interval over regions', () => {
    const one = study(1, 0.6, 0.4, 0);
    const [fade] = pooled([one], options).rankers;
    expect(fade!.spearman).toBeCloseTo(one.analysis.rankers[0]!.spearman!, 12);
    expect(fade!.naive.spearman).toBe(one.analysis.rankers[0]!.spearman);
    expect(fade!.intervals.nested).toBeNull();
  });

  it('a ranker or a correlation that is missing counts where it exists', () => {
    const full = study(1, 0.6, 0.4, 0);
    const other = study(2, 0.6, 0.4, 0);
    const flat = {
      ...other,
      analysis: {
        ...other.analysis,
        rankers: other.analysis.rankers.map((ranker) =>
          ranker.id === 'size' ? { ...ranker, scores: ranker.scores.map(() => 1) } : ranker,
        ),
      },
    };
    const { rankers } = pooled([full, flat], { ...options, against: ['size', 'nobody'] });
    const [fade, size] = rankers;
    expect(size!.regions.map(({ spearman }) => spearman === null)).toEqual([false, true]);
    expect(size!.spearman).toBeCloseTo(full.analysis.rankers[1]!.spearman!, 12);
    const [against, nobody] = fade!.differences;
    expect(against!.spearman).toBeCloseTo(
      full.analysis.rankers[0]!.spearman! - full.analysis.rankers[1]!.spearman!,
      12,
    );
    expect(nobody).toEqual({
      against: 'nobody',
      spearman: null,
      intervals: { within: null, nested: null },
    });
    expect(pooled([], options).rankers).toEqual([]);
  });
});
