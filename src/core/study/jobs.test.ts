import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allJobs, jobKey, pendingJobs } from './jobs.ts';
import { reduceStudy } from './reducer.ts';
import { missingChoices } from './select.ts';
import {
  syntheticExtension,
  syntheticStarted,
  syntheticStudyConfig,
  syntheticStudyEvents,
} from './testing.ts';

const config = syntheticStudyConfig();
const kinds = (events: ReturnType<typeof syntheticStudyEvents>) =>
  pendingJobs(reduceStudy(events)).map((job) => job.kind);

describe('pendingJobs', () => {
  it('shrinks by one with each result, and is empty exactly when everything is there', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 9 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        (architectures, seeds, supernets, proxies) => {
          const amount = { architectures, seeds, supernets };
          const events = syntheticStudyEvents({ config: { ...config, proxies }, amount });
          const each = seeds + (proxies ? 1 : 0);
          const jobs = architectures * each + supernets * config.variants.length;
          let left: number | null = null;
          for (let cursor = 1; cursor <= events.length; cursor++) {
            const view = reduceStudy(events, cursor);
            const event = events[cursor - 1];
            const pending = pendingJobs(view).length;
            if (pending === 0) {
              expect(view.architectures).toHaveLength(architectures);
              for (const one of view.architectures) {
                expect(one.evaluations).toHaveLength(seeds);
                expect(one.proxies !== null).toBe(proxies);
              }
              for (const variant of view.variants)
                expect(variant.supernets).toHaveLength(supernets);
            }
            const first = event?.type === 'supernet/finished' && missingChoices(view).length > 0;
            const counts = event?.type.startsWith('study/') ? 0 : 1;
            if (left !== null && !first) expect(pending).toBe(left - counts);
            left = pending;
          }
          expect(left).toBe(0);
          const results = events.filter(({ type }) => !type.startsWith('study/'));
          expect(results).toHaveLength(jobs);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('begins with the supernet that decides the selection, then one training of each', () => {
    const amount = { architectures: 4, seeds: 2, supernets: 2 };
    const started = syntheticStarted({ config, amount });
    expect(pendingJobs(reduceStudy([started]))).toEqual([
      { kind: 'supernet', variant: 'gumbel', supernet: 0 },
      { kind: 'supernet', variant: 'softmax', supernet: 0 },
      { kind: 'supernet', variant: 'gumbel', supernet: 1 },
      { kind: 'supernet', variant: 'softmax', supernet: 1 },
    ]);
    const later = syntheticStudyEvents({ config, amount, jobs: 1 });
    const four = (kind: string) => new Array<string>(4).fill(kind);
    expect(kinds(later)).toEqual([
      ...four('alone'),
      ...four('proxies'),
      'supernet',
      'supernet',
      'supernet',
      ...four('alone'),
    ]);
  });

  it('does not train twice what is asked for twice', () => {
    const amount = { architectures: 9, seeds: 2, supernets: 1 };
    const events = syntheticStudyEvents({ config, amount });
    const choice = reduceStudy(events).architectures[0]?.choice ?? [];
    const extra = [{ choice, seeds: 3, steps: config.steps }];
    const asked = syntheticExtension(events, amount, extra, { jobs: 0 });
    const view = reduceStudy(asked);
    expect(pendingJobs(view)).toEqual([{ kind: 'alone', choice, seed: 2, steps: config.steps }]);
    const keys = allJobs(view).map((job) => jobKey(view, job));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
