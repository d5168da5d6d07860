import { describe, expect, it } from 'vitest';
import { architectureCost } from '../architecture.ts';
import { cellId, regionOf } from '../cellId.ts';
import type { StudyConfig } from './config.ts';
import type { StudyEvent, SupernetReadout } from './events.ts';
import {
  rankerScores,
  rankerTable,
  singleTables,
  studyRankers,
  truthTable,
} from './rankerTable.ts';
import { readingsOf, readoutSteps, variantOf, weightSteps } from './readings.ts';
import { appendStudyEvents, reduceStudy } from './reducer.ts';
import { studyShape } from './shape.ts';
import { syntheticStarted, syntheticStudyConfig } from './testing.ts';

const base = syntheticStudyConfig();
/** Stage 1: empty cell, one edge; stage 2: chain (and more), two sinks from one source. */
const config: StudyConfig = {
  ...base,
  region: regionOf(3, [
    [0, 1],
    [7, 3],
  ]),
};
const CHOICES = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

const readout = (shift: number, step: number): SupernetReadout => ({
  step,
  last: [
    [0.9, 0.1],
    [0.4, 0.6],
  ],
  averaged: [
    [0.8, 0.2],
    [0.25, 0.75],
  ],
  probe: [
    [1 + shift, 2 + shift],
    [3, 1],
  ],
  leaveOneOut: [
    [5, 4],
    [2, 3 + shift],
  ],
  sampled: { paths: CHOICES, losses: [1, 2, 3, 4] },
  exhaustive: { losses: [1 + shift, 2, 3, 4], accuracies: [0.4 + shift / 10, 0.3, 0.2, 0.1] },
  loss: 1,
  accuracy: 0.5,
});

const flat = [
  [0.5, 0.5],
  [0.5, 0.5],
];
const weightsAt = (a: number, b: number) => [
  [a, 1 - a],
  [b, 1 - b],
];

const supernet = (variant: string, number: number, shift: number): StudyEvent => ({
  type: 'supernet/finished',
  at: 8,
  wall: 1,
  variant,
  supernet: number,
  history: [
    { step: 2, loss: 2, accuracy: 0.1, weights: flat },
    { step: 4, loss: 2, accuracy: 0.1, weights: weightsAt(0.6, 0.4) },
    { step: 6, loss: 2, accuracy: 0.1, weights: weightsAt(0.7, 0.4) },
    { step: 8, loss: 2, accuracy: 0.1, weights: weightsAt(0.9, 0.4) },
  ],
  readouts: [readout(0, 4), readout(shift, 8)],
  milliseconds: 1,
});

const selected: StudyEvent = { type: 'study/selected', at: 8, wall: 1, choices: CHOICES };
const view = reduceStudy([
  syntheticStarted({ config, amount: { architectures: 4, seeds: 1, supernets: 2 } }),
  supernet('gumbel', 0, 0),
  selected,
  supernet('softmax', 0, 0),
  supernet('gumbel', 1, 1),
  {
    type: 'proxies/finished',
    at: 8,
    wall: 1,
    architecture: '3:0.7',
    choice: [0, 0],
    values: { synflow: 1, gradNorm: 2, snip: 3, naswot: null, jacobCov: 5 },
  },
]);

const table = rankerTable(view);
const scores = (id: string, from = table) => from.find((one) => one.id === id)?.scores;
const close = (actual: readonly (number | null)[] | undefined, expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, n) => {
    expect(actual?.[n]).toBeCloseTo(value, 9);
  });
};
const ln = Math.log;
const first = rankerTable(view, { supernets: [0] });

describe('the rankers of a study', () => {
  it('names the rankers of other variants after them', () => {
    const ids = studyRankers(view).map(({ descriptor }) => descriptor.id);
    expect(ids).toContain('fade');
    expect(ids).toContain('fade@softmax');
    expect(ids).not.toContain('depth@softmax');
    expect(variantOf(view, 'fade')?.id).toBe('gumbel');
    expect(variantOf(view, 'fade@softmax')?.id).toBe('softmax');
    expect(variantOf(view, 'fade@other')).toBeNull();
  });

  it('leaves the proxies out where none are measured', () => {
    const without = { ...view, config: { ...config, proxies: false } };
    expect(studyRankers(without).some(({ descriptor }) => descriptor.kind === 'proxy')).toBe(false);
  });
});

describe('supernet rankers', () => {
  it('read the weights: product or mean, averaged or last', () => {
    close(scores('fade', first), [
      ln(0.8) + ln(0.25),
      ln(0.8) + ln(0.75),
      ln(0.2) + ln(0.25),
      ln(0.2) + ln(0.75),
    ]);
    close(scores('fade-mean', first), [0.525, 0.775, 0.225, 0.475]);
    close(scores('fade-last', first), [
      ln(0.9) + ln(0.4),
      ln(0.9) + ln(0.6),
      ln(0.1) + ln(0.4),
      ln(0.1) + ln(0.6),
    ]);
    close(scores('fade-mean-last', first), [0.65, 0.75, 0.25, 0.35]);
  });

  it('read the losses: the lower, the better', () => {
    close(scores('probe', first), [-4, -2, -5, -3]);
    // Missed most: candidate 0 of the first stage, candidate 1 of the second; centred in each.
    close(scores('leave-one-out', first), [0, 1, -1, 0]);
    close(scores('one-shot-loss', first), [-1, -2, -3, -4]);
    close(scores('one-shot', first), [0.4, 0.3, 0.2, 0.1]);
    // 1, 2, 3, 4 = 2.5 ± 1 ± .5 exactly.
    scores('sampled-paths', first)?.forEach((value, n) => {
      expect(value).toBeCloseTo([1.5, 0.5, -0.5, -1.5][n]!, 6);
    });
  });

  it('combine weights and probe at equal spread', () => {
    const a = (ln(0.8) - ln(0.2)) / 2;
    const b = (ln(0.75) - ln(0.25)) / 2;
    const sigma = Math.hypot(a, b);
    const spread = Math.hypot(0.5, 1);
    close(scores('fade-probe', first), [
      (a - b) / sigma + (0.5 - 1) / spread,
      (a + b) / sigma + (0.5 + 1) / spread,
      (-a - b) / sigma + (-0.5 - 1) / spread,
      (-a + b) / sigma + (-0.5 + 1) / spread,
    ]);
  });

  it('average ranks, losses and accuracies over an ensemble', () => {
    close(scores('probe'), [-4.5, -2.5, -5.5, -3.5]);
    close(scores('one-shot-loss'), [-1.5, -2, -3, -4]);
    close(scores('one-shot'), [0.45, 0.3, 0.2, 0.1]);
    expect(table.find(({ id }) => id === 'fade')?.supernets).toBe(2);
    expect(table.find(({ id }) => id === 'fade@softmax')?.supernets).toBe(1);
    expect(table.find(({ id }) => id === 'depth')?.supernets).toBe(0);
  });

  it('come singly, one table for each supernet', () => {
    const singles = singleTables(view);
    expect(singles).toHaveLength(2);
    close(scores('probe', singles[1]?.slice()), [-5, -3, -6, -4]);
    expect(singles[1]?.some(({ id }) => id.endsWith('@softmax'))).toBe(false);
    expect(singles[0]?.every(({ kind }) => kind === 'supernet')).toBe(true);
  });

  it('have no score without what they read', () => {
    const blind = reduceStudy([syntheticStarted({ config }), selected]);
    expect(rankerTable(blind).some(({ kind }) => kind === 'supernet')).toBe(false);
    const [fade] = studyRankers(blind);
    expect(fade && rankerScores(blind, fade).scores).toEqual([null, null, null, null]);
    const event = supernet('gumbel', 0, 0);
    if (event.type !== 'supernet/finished') throw new Error('no supernet');
    const readouts = event.readouts.map((one) => ({ ...one, exhaustive: null }));
    const large = appendStudyEvents(blind, [{ ...event, readouts }]);
    expect(scores('one-shot', rankerTable(large))).toEqual([null, null, null, null]);
    expect(scores('fade', rankerTable(large))?.[0]).toBeCloseTo(ln(0.8) + ln(0.25), 9);
  });
});

describe('earlier steps', () => {
  const gumbel = view.variants[0];
  if (!gumbel) throw new Error('no variant');

  it('are those that were reported', () => {
    expect(weightSteps(gumbel)).toEqual([2, 4, 6, 8]);
    expect(readoutSteps(gumbel)).toEqual([4, 8]);
  });

  it('give last weights, and the average as if training had ended there', () => {
    const at = rankerTable(view, { step: 6 });
    close(scores('fade-last', at)?.slice(0, 1), [ln(0.7) + ln(0.4)]);
    // A third of three reports is one: the last.
    close(scores('fade', at)?.slice(0, 1), [ln(0.7) + ln(0.4)]);
    expect(scores('probe', at)).toEqual([null, null, null, null]);
    expect(readingsOf(gumbel, { step: 4 })[0]?.weights).toEqual([
      [0.6, 0.4],
      [0.4, 0.6],
    ]);
  });

  it('give losses where there was a checkpoint', () => {
    close(scores('probe', rankerTable(view, { step: 4 })), [-4, -2, -5, -3]);
  });

  it('give nothing where nothing was reported', () => {
    expect(readingsOf(gumbel, { step: 5 })).toEqual([]);
    expect(rankerTable(view, { step: 5 }).some(({ kind }) => kind === 'supernet')).toBe(false);
  });
});

describe('baselines', () => {
  it('count over the stages, fewer edges and less depth being better', () => {
    // Cells: 0 (3 sinks, depth 1), one edge (2 sinks, depth 2); all edges (1, 3), 0→1 and 0→2 (2, 2).
    expect(scores('edges')).toEqual([-3, -2, -4, -3]);
    expect(scores('depth')).toEqual([-4, -3, -5, -4]);
    expect(scores('sinks')).toEqual([4, 5, 3, 4]);
  });

  it('know the cost of the whole network', () => {
    const cost = architectureCost(studyShape(config), [cellId(3, 1), cellId(3, 3)]);
    expect(scores('parameters')?.[3]).toBe(cost.parameters);
    expect(scores('flops')?.[3]).toBe(cost.flops);
  });

  it('draw chance by seed and architecture', () => {
    const random = scores('random') ?? [];
    expect(new Set(random).size).toBe(4);
    const reversed = { ...view, architectures: view.architectures.toReversed() };
    expect(scores('random', rankerTable(reversed))).toEqual([...random].reverse());
  });

  it('give the proxies where they are measured and defined', () => {
    expect(scores('synflow')).toEqual([1, null, null, null]);
    expect(scores('grad-norm')?.[0]).toBe(2);
    expect(scores('snip')?.[0]).toBe(3);
    expect(scores('naswot')?.[0]).toBeNull();
    expect(scores('jacob-cov')?.[0]).toBe(5);
  });
});

it('the truth keeps the order of the scores, and the reasons of failures', () => {
  const evaluation = (n: number, seed: number, accuracy: number | null): StudyEvent => ({
    type: 'evaluation/finished',
    at: 8,
    wall: 1,
    architecture: view.architectures[n]?.architecture ?? '',
    choice: CHOICES[n] ?? [],
    seed,
    steps: config.steps,
    loss: accuracy === null ? null : 1,
    accuracy,
    diverged: accuracy === null ? 'It broke.' : null,
    history: [],
    milliseconds: 1,
  });
  const truth = truthTable(
    appendStudyEvents(view, [evaluation(2, 0, 0.5), evaluation(0, 0, null), evaluation(2, 1, 0.6)]),
  );
  expect(truth.accuracies).toEqual([[null], [], [0.5, 0.6], []]);
  expect(truth.losses).toEqual([[null], [], [1, 1], []]);
  expect(truth.failures).toEqual([{ architecture: '3:0.7', seed: 0, reason: 'It broke.' }]);
  expect(truth.choices).toEqual(CHOICES);
});
