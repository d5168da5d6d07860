import { describe, expect, it } from 'vitest';
import { appendStudyEvents, reduceStudy } from '../../core/study/reducer.ts';
import { reportTurns } from '../../core/study/report.ts';
import {
  syntheticExtension,
  syntheticStudyConfig,
  syntheticStudyEvents,
} from '../../core/study/testing.ts';
import { architectureRows, misplaced, sortRows } from './architectures/architectureRows.ts';
import { longerEvaluations, longerOutcome, nextSteps } from './architectures/longer.ts';
import {
  curveModel,
  rankersModel,
  scatterModel,
  scatterPoints,
  splitHalfModel,
  topKModel,
} from './models.ts';
import { FIGURE_LIST, figureInfo, figureText } from './rankers/figures.ts';

const config = syntheticStudyConfig();
const amount = { architectures: 8, seeds: 2, supernets: 2 };
const events = syntheticStudyEvents({ config, amount });
const view = reduceStudy(events);
const nothing = { selected: [], pair: null };

function reported(of = view, id = 'fade') {
  const report = [...reportTurns(of, { reference: null, resamples: 100 })].at(-1);
  const ranker = report?.analysis.rankers.find((one) => one.id === id);
  if (!report || !ranker) throw new Error('no report');
  return { view: of, report, ranker };
}

const whole = reported();

describe('the scatter', () => {
  it('has a point an architecture, best place for the best score', () => {
    const points = scatterPoints(view, whole.report.analysis, whole.ranker);
    expect(points).toHaveLength(8);
    const best = points.reduce((a, b) => (b.score > a.score ? b : a));
    expect(best.scoreRank).toBeLessThan(2);
    const truest = points.reduce((a, b) => ((b.accuracy ?? 0) > (a.accuracy ?? 0) ? b : a));
    expect(truest.accuracyRank).toBe(1);
    expect(points.every(({ deviation }) => deviation !== null)).toBe(true);
  });

  it('puts failed architectures last in truth and leaves out what is not measured', () => {
    const failing = view.architectures[0]?.architecture;
    const partial = reduceStudy(
      syntheticStudyEvents({ config, amount, jobs: 6, diverged: (id) => id === failing }),
    );
    const of = reported(partial);
    const points = scatterPoints(partial, of.report.analysis, of.ranker);
    expect(points.length).toBeLessThan(8);
    const failed = points.find(({ key }) => key === failing);
    expect(failed?.accuracy).toBeNull();
    expect(failed?.accuracyRank).toBe(points.length);
  });

  it('joins the pair under inspection', () => {
    const [a, b] = view.architectures.map(({ architecture }) => architecture);
    const pair = [a ?? '', b ?? ''] as const;
    const model = scatterModel(view, whole.report, whole.ranker, 'ranks', { selected: [], pair });
    expect(model.linked).toEqual([pair]);
    expect(model.chance).toBe(0.1);
    expect(
      scatterModel(view, whole.report, whole.ranker, 'values', nothing).correlation.value,
    ).toBe(whole.ranker.spearman);
  });
});

describe('the table of rankers', () => {
  it('is sorted by its figure, the better first', () => {
    for (const info of FIGURE_LIST) {
      const { rows, metric } = rankersModel(view, whole.report, info, 'fade');
      const values = rows.map((row) => (row.ensemble ?? row.single).value);
      const known = values.filter((value) => value !== null);
      const sign = metric.better === 'higher' ? -1 : 1;
      expect(known).toEqual([...known].sort((a, b) => sign * (a - b)));
      expect(values.slice(known.length).every((value) => value === null)).toBe(true);
    }
  });

  it('shows one supernet beside the ensemble, and the difference from the baseline for ρ only', () => {
    const { rows, baseline } = rankersModel(view, whole.report, figureInfo('spearman'), 'fade');
    const fade = rows.find(({ key }) => key === 'fade');
    expect(fade?.ensemble?.interval).not.toBeNull();
    expect(fade?.single.interval).toBeNull();
    expect(fade?.difference).not.toBeNull();
    expect(rows.find(({ key }) => key === baseline)?.difference).toBeNull();
    expect(rows.find(({ key }) => key === 'depth')?.ensemble).toBeNull();
    const tau = rankersModel(view, whole.report, figureInfo('tauB'), 'fade');
    expect(tau.baseline).toBeNull();
    expect(tau.rows.every(({ difference }) => difference === null)).toBe(true);
  });
});

describe('the other charts', () => {
  it('draw the rankers of one variant while it trained', () => {
    const model = curveModel(view, whole.report, whole.ranker, 'spearman');
    expect(model?.selected).toBe('fade');
    expect(model?.lines.map(({ key }) => key)).toContain('leave-one-out');
    const other = reported(view, 'fade@softmax');
    const lines = curveModel(view, other.report, other.ranker, 'tauB')?.lines ?? [];
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.every(({ key }) => key.endsWith('@softmax'))).toBe(true);
    const last = curveModel(
      view,
      reported(view, 'fade-last').report,
      reported(view, 'fade-last').ranker,
      'spearman',
    );
    expect(last?.lines.map(({ key }) => key)).toContain('fade-last');
  });

  it('count the top k by expectation, and never more than there are', () => {
    const model = topKModel(view, whole.report, whole.ranker, 3, []);
    const inside = model?.architectures.reduce((sum, one) => sum + one.membership, 0);
    expect(inside).toBeCloseTo(3, 9);
    expect(topKModel(view, whole.report, whole.ranker, 99, [])?.k).toBe(8);
    expect(topKModel(view, whole.report, whole.ranker, 8, [])?.regret).toBe(0);
  });

  it('compare the halves of the seeds only where there are two', () => {
    expect(splitHalfModel(view, whole.report, [])?.points).toHaveLength(8);
    const once = reduceStudy(syntheticStudyEvents({ config, amount: { ...amount, seeds: 1 } }));
    expect(splitHalfModel(once, reported(once).report, [])).toBeNull();
  });
});

describe('the table of architectures', () => {
  const rows = architectureRows(whole);

  it('sorts by each column, and the other way', () => {
    const accuracies = sortRows(rows, 'accuracy', false).map(({ accuracy }) => accuracy);
    expect(accuracies).toEqual([...accuracies].sort((a, b) => (b ?? 0) - (a ?? 0)));
    const off = sortRows(rows, 'misplaced', true).map(misplaced);
    expect(off).toEqual([...off].sort((a, b) => (a ?? 0) - (b ?? 0)));
    const flops = sortRows(rows, 'flops', false).map((row) => row.flops);
    expect(flops).toEqual([...flops].sort((a, b) => a - b));
  });
});

describe('training a pair longer', () => {
  const [a, b] = view.architectures;
  if (!a || !b) throw new Error('no architectures');

  it('doubles the steps each time and tells who was right', () => {
    expect(longerOutcome(a, b)).toBeNull();
    const steps = nextSteps(config, [a, b]);
    expect(steps).toBe(2 * config.steps);
    const extra = longerEvaluations(view, [a, b], steps);
    expect(extra).toHaveLength(2);
    const longer = appendStudyEvents(
      view,
      syntheticExtension(events, amount, extra).slice(events.length),
    );
    const [x, y] = longer.architectures;
    if (!x || !y) throw new Error('no architectures');
    expect(nextSteps(config, [x, y])).toBe(4 * config.steps);
    const mean = (one: typeof x) =>
      one.extra.reduce((sum, { accuracy }) => sum + (accuracy ?? 0), 0) / one.extra.length;
    const said = mean(x) > mean(y) ? /the ranker is wrong/ : /the ranker was right/;
    expect(longerOutcome(x, y)).toMatch(said);
    expect(longerOutcome(y, x)).not.toMatch(said);
  });
});

describe('figures', () => {
  it('read as in the paper', () => {
    expect(figureText(0.7234, figureInfo('spearman'))).toBe('.72');
    expect(figureText(-0.05, figureInfo('tauB'))).toBe('−.05');
    expect(figureText(1, figureInfo('ndcg'))).toBe('1.00');
    expect(figureText(7.25, figureInfo('regretAt1'))).toMatch(/^7\.[23]$/);
    expect(figureText(null, figureInfo('pearson'))).toBe('n/a');
  });
});
