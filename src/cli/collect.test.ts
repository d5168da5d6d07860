import { describe, expect, it } from 'vitest';
import { architectureId } from '../core/cellId.ts';
import type { EvaluateResult } from '../core/method/jobs.ts';
import type { RunEvent } from '../core/run/events.ts';
import { reduceLog } from '../core/run/reducer.ts';
import { syntheticConfig, syntheticEvents } from '../core/run/testing.ts';
import { collectGenerations, collectRounds, outcomeOf } from './collect.ts';
import { bar, describeLatest, describeRange, describeSpent } from './report.ts';

describe('outcomeOf', () => {
  it.each<[RunEvent[], string]>([
    [[], 'empty'],
    [[{ type: 'run/finished', at: 1, wall: 1, rounds: 1 }], 'finished'],
    [
      [{ type: 'run/paused', at: 1, wall: 1, round: 0, step: 4 }],
      'paused in generation 1 at step 4',
    ],
    [
      [
        {
          type: 'run/failed',
          at: 1,
          wall: 1,
          error: { code: 'internal', message: 'Broken.', details: {} },
        },
      ],
      'failed: Broken.',
    ],
  ])('%j', (events, outcome) => {
    expect(outcomeOf(events)).toBe(outcome);
  });
});

describe('bar', () => {
  it('fills from left to right and never overflows', () => {
    expect(bar(0, 4)).toBe(`[${'.'.repeat(24)}]   0 %`);
    expect(bar(2, 4)).toBe(`[${'#'.repeat(12)}${'.'.repeat(12)}]  50 %`);
    expect(bar(9, 4)).toBe(`[${'#'.repeat(24)}] 100 %`);
  });
});

describe('describeRange', () => {
  it('speaks in the unit that fits', () => {
    expect(describeRange({ low: 20_000, high: 40_000 })).toBe('20 s to 40 s left');
    expect(describeRange({ low: 60_000, high: 60_100 })).toBe('about 60 s left');
    expect(describeRange({ low: 600_000, high: 7_200_000 })).toBe('10 min to 2.0 h left');
  });
});

describe('rounds', () => {
  const [header] = syntheticEvents({ generations: 0 });
  const stamp = { at: 0, wall: 0, round: 0 };
  const ids = [0, 7].map((mask) => architectureId({ vertices: 3, masks: [mask, 1] }));
  const result = (accuracy: number | null): EvaluateResult => ({
    kind: 'evaluate',
    loss: accuracy,
    accuracy,
    diverged: accuracy === null ? 'Too steep.' : null,
    known: false,
  });
  const finished = (job: number, accuracy: number | null): RunEvent => ({
    type: 'job/finished',
    ...stamp,
    job,
    result: result(accuracy),
    cost: { steps: 3, macs: 2e6, evaluations: 1 },
  });
  const events: readonly RunEvent[] = [
    header!,
    {
      type: 'round/started',
      ...stamp,
      jobs: ids.map((id) => ({
        kind: 'evaluate',
        id,
        steps: 3,
        seed: 0,
        origin: { kind: 'drawn', parents: [], values: {} },
      })),
    },
    finished(0, 0.25),
    finished(1, null),
    { type: 'round/finished', ...stamp, note: null, incumbent: { id: ids[0]!, accuracy: 0.25 } },
  ];

  it('of evaluations have accuracies, their cost and the incumbent, and are no generations', () => {
    const view = reduceLog(events);
    expect(collectGenerations(view)).toEqual([]);
    expect(collectRounds(view)).toEqual([
      {
        index: 0,
        jobs: [
          { kind: 'evaluate', id: ids[0], accuracy: 0.25, loss: 0.25 },
          { kind: 'evaluate', id: ids[1], accuracy: null, loss: null },
        ],
        cost: { steps: 6, macs: 4e6, evaluations: 2 },
        incumbent: { id: ids[0], accuracy: 0.25 },
      },
    ]);
    expect(describeLatest(view)).toBe(
      [
        'round 1',
        `  ${ids[0]}  drawn  25.00 %`,
        `  ${ids[1]}  drawn  diverged`,
        `  best ${ids[0]}  25.00 %`,
      ].join('\n'),
    );
  });

  it('are what an outcome names, by the word of the method', () => {
    const paused: RunEvent = { type: 'run/paused', at: 1, wall: 1, round: 2, step: 4 };
    if (header?.type !== 'run/started') throw new Error('no header');
    const method = { id: 'local-search', options: { improvement: 'best' } };
    const alone = { ...header, config: { ...header.config, method } };
    expect(outcomeOf([header, paused])).toBe('paused in generation 3 at step 4');
    expect(outcomeOf([alone, paused])).toBe('paused in round 3 at step 4');
  });

  it('of a region are generations too', () => {
    const log = reduceLog(syntheticEvents({ generations: 2 }));
    const rounds = collectRounds(log);
    const generations = collectGenerations(log);
    expect(rounds.map(({ index }) => index)).toEqual([0, 1]);
    expect(rounds.map(({ jobs }) => jobs)).toEqual(
      generations.map(({ region }) => [{ kind: 'rank', region }]),
    );
    expect(generations.map(({ steps }) => steps)).toEqual([4, 4]);
    expect(rounds[1]?.incumbent?.id).toBe(generations[1]?.best?.architecture);
    expect(describeLatest(log)).toMatch(/^generation 2 .*\n {2}stage 1 {2}cells 3:/);
  });
});

describe('describeSpent', () => {
  const config = syntheticConfig();
  const cost = { steps: 12, macs: 3.5e9, evaluations: 2 };

  it('says what was spent, and what is left of each limit', () => {
    const limits = { ...config.search, generations: 4, macs: 1e10, evaluations: 2 };
    expect(describeSpent(cost, { ...config, search: limits }, 3)).toEqual([
      'spent 12 steps, 3.50e+9 MACs, 2 evaluations',
      '1 of 4 rounds left, 6.50e+9 of 1.00e+10 MACs left, 0 of 2 evaluations left',
    ]);
    const free = { ...config, search: { ...config.search, generations: 0 } };
    expect(describeSpent(cost, free, 3)).toHaveLength(1);
  });
});
