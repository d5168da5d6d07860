import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionOf } from '../cellId.ts';
import { choiceScore, logWeights } from '../ranks.ts';
import { resolveConfig } from '../run/resolve.ts';
import type { StudyConfig } from './config.ts';
import { studyConfig } from './defaults.ts';
import type { StudyEvent } from './events.ts';
import { appendStudyEvents, choiceId, reduceStudy, type StudyView } from './reducer.ts';
import {
  type Choice,
  distinctCandidates,
  distinctCount,
  missingChoices,
  wantedArchitectures,
} from './select.ts';
import { syntheticStarted, syntheticStudyConfig, syntheticStudyEvents } from './testing.ts';

const quick = studyConfig(
  resolveConfig({ preset: 'quick', overrides: { supernet: { steps: 6 } } }),
);

/** A study whose first supernet is there, but nothing is selected. */
function ready(config: StudyConfig, architectures: number): StudyView {
  const amount = { architectures, seeds: 1, supernets: 1 };
  return reduceStudy(syntheticStudyEvents({ config, amount, jobs: 1 }));
}

const select = (view: StudyView, choices: readonly Choice[]) => {
  const event: StudyEvent = { type: 'study/selected', at: 0, wall: 0, choices };
  return appendStudyEvents(view, [event]);
};

const grow = (view: StudyView, architectures: number) =>
  appendStudyEvents(view, [
    {
      type: 'study/extended',
      at: 0,
      wall: 0,
      amount: { architectures, seeds: 1, supernets: 1 },
      extra: [],
    },
  ]);

/** All choices of a region, best predicted first, as `a.b` texts. */
function ranking({ config, variants }: StudyView): string[] {
  const weights = variants[0]?.supernets[0]?.readouts.at(-1)?.averaged ?? [];
  const scores = logWeights(weights);
  const all = (config?.region ?? []).reduce<number[][]>(
    (choices, cells) => choices.flatMap((choice) => cells.map((_, i) => [...choice, i])),
    [[]],
  );
  return all
    .sort((a, b) => choiceScore(scores, b) - choiceScore(scores, a))
    .map((choice) => choice.join('.'));
}

describe('missingChoices', () => {
  it('takes all of a region without waiting for a supernet', () => {
    const amount = { architectures: 9, seeds: 1, supernets: 1 };
    const view = reduceStudy([syntheticStarted({ config: syntheticStudyConfig(), amount })]);
    const choices = missingChoices(view);
    expect(new Set(choices.map((choice) => choice.join('.'))).size).toBe(9);
    expect(missingChoices(select(view, choices))).toEqual([]);
  });

  it('waits for the first supernet if it takes a part', () => {
    const amount = { architectures: 8, seeds: 1, supernets: 1 };
    const started = syntheticStarted({ config: syntheticStudyConfig(), amount });
    expect(missingChoices(reduceStudy([started]))).toEqual([]);
    expect(missingChoices(ready(syntheticStudyConfig(), 8))).toHaveLength(8);
  });

  it('takes one of each stratum of the predicted ranking', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 24 }), (wanted) => {
        const view = ready(quick, wanted);
        const order = ranking(view);
        const strata = missingChoices(view).map((choice) =>
          Math.floor((order.indexOf(choice.join('.')) * wanted) / order.length),
        );
        expect(new Set(strata).size).toBe(wanted);
        expect(Math.min(...strata)).toBe(0);
        expect(Math.max(...strata)).toBe(wanted - 1);
      }),
    );
  });

  it('keeps what was chosen when it grows, and never repeats an architecture', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 3, max: 25 }), { minLength: 1, maxLength: 4 }),
        (wishes) => {
          let view = ready(quick, 3);
          for (const wish of wishes) {
            view = grow(view, wish);
            const before = view.architectures;
            const target = wantedArchitectures(quick.region, view.amount!);
            view = select(view, missingChoices(view));
            expect(view.architectures.slice(0, before.length)).toEqual(before);
            expect(view.architectures).toHaveLength(target);
          }
        },
      ),
    );
  });

  it('fills the strata that are still empty', () => {
    const view = select(ready(quick, 3), [[0, 0]]);
    const more = grow(view, 12);
    const order = ranking(more);
    const whole = select(more, missingChoices(more)).architectures;
    const strata = whole.map(({ choice }) =>
      Math.floor((order.indexOf(choice.join('.')) * 12) / order.length),
    );
    expect(whole).toHaveLength(12);
    expect(new Set(strata).size).toBe(12);
  });

  it('depends on the seed alone', () => {
    const again = { ...quick, run: { ...quick.run, search: { ...quick.run.search, seed: 2 } } };
    expect(missingChoices(ready(quick, 10))).toEqual(missingChoices(ready(quick, 10)));
    expect(missingChoices(ready(again, 10))).not.toEqual(missingChoices(ready(quick, 10)));
  });

  it('chooses from 10^9 architectures without listing them, both ends of the ranking included', () => {
    const space = {
      stages: 9,
      candidates: new Array(9).fill(10),
      channels: new Array(9).fill(4),
      pooling: [2, ...new Array(8).fill(1)],
    };
    const run = resolveConfig({ preset: 'quick', overrides: { space, supernet: { steps: 2 } } });
    const config = studyConfig(run, { checkpoints: 0 });
    expect(distinctCount(config.region)).toBe(1e9);
    const amount = { architectures: 40, seeds: 1, supernets: 1 };
    const started = reduceStudy([syntheticStarted({ config, amount })]);
    const averaged = config.region.map((cells, s) =>
      cells.map((_, i) => (1 + ((i * 7 + s) % 10)) / 55),
    );
    const none = averaged.map((row) => row.map(() => 0));
    const view = appendStudyEvents(started, [
      {
        type: 'supernet/finished',
        at: 2,
        wall: 0,
        variant: 'gumbel',
        supernet: 0,
        history: [],
        readouts: [
          {
            step: 2,
            last: averaged,
            averaged,
            probe: none,
            leaveOneOut: none,
            sampled: { paths: [], losses: [] },
            exhaustive: null,
            loss: 2,
            accuracy: 0,
          },
        ],
        milliseconds: 1,
      },
    ]);
    const scores = logWeights(averaged);
    const chosen = missingChoices(view).map((choice) => choiceScore(scores, choice));
    expect(chosen).toHaveLength(40);
    const best = scores.reduce((sum, row) => sum + Math.max(...row), 0);
    const worst = scores.reduce((sum, row) => sum + Math.min(...row), 0);
    expect(best - Math.max(...chosen)).toBeLessThan(0.15 * (best - worst));
    expect(Math.min(...chosen) - worst).toBeLessThan(0.15 * (best - worst));
    const taken = select(view, missingChoices(view));
    const grown = grow(taken, 50);
    expect(select(grown, missingChoices(grown)).architectures).toHaveLength(50);
  });
});

describe('isomorphic candidates', () => {
  const region = regionOf(3, [
    [1, 2, 4, 0],
    [7, 7, 3],
  ]);

  it('count once, and the first stands for all', () => {
    expect(distinctCandidates(region)).toEqual([
      [0, 3],
      [0, 2],
    ]);
    expect(distinctCount(region)).toBe(4);
    expect(choiceId(region, [0, 0])).toBe(choiceId(region, [2, 1]));
  });
});
