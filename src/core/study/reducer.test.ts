import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionOf } from '../cellId.ts';
import type { StudyConfig } from './config.ts';
import type { EvaluationFinished, StudyEvent } from './events.ts';
import { pendingJobs } from './jobs.ts';
import { appendStudyEvents, choiceId, EMPTY_STUDY, reduceStudy } from './reducer.ts';
import { syntheticExtension, syntheticStudyConfig, syntheticStudyEvents } from './testing.ts';

const config = syntheticStudyConfig();
const amounts = fc.record({
  architectures: fc.integer({ min: 3, max: 9 }),
  seeds: fc.integer({ min: 1, max: 3 }),
  supernets: fc.integer({ min: 1, max: 3 }),
});
const isResult = (event: StudyEvent) => !event.type.startsWith('study/');

describe('reduceStudy', () => {
  it('equals the same events applied one by one, at every cursor', () => {
    fc.assert(
      fc.property(amounts, fc.nat(60), fc.double({ min: 0, max: 1, noNaN: true }), (...given) => {
        const [amount, jobs, share] = given;
        const events = syntheticStudyEvents({ config, amount, jobs });
        const cursor = Math.round(share * events.length);
        let view = EMPTY_STUDY;
        for (const event of events.slice(0, cursor)) view = appendStudyEvents(view, [event]);
        expect(view).toEqual(reduceStudy(events, cursor));
        expect(appendStudyEvents(view, events.slice(cursor))).toEqual(reduceStudy(events));
      }),
      { numRuns: 30 },
    );
  });

  it('never changes an earlier view', () => {
    const events = syntheticStudyEvents({ config });
    const earlier = reduceStudy(events, 4);
    const before = structuredClone(earlier);
    appendStudyEvents(earlier, events.slice(4));
    expect(earlier).toEqual(before);
  });

  it('is finished when all is there, and goes on when more is asked for', () => {
    const amount = { architectures: 5, seeds: 1, supernets: 1 };
    const events = syntheticStudyEvents({ config, amount });
    const view = reduceStudy(events);
    expect([view.phase, view.finished]).toEqual(['finished', true]);
    const more = syntheticExtension(events, { ...amount, seeds: 2 });
    const measuring = reduceStudy(more, events.length + 1);
    expect([measuring.phase, measuring.finished]).toEqual(['measuring', false]);
    expect(reduceStudy(more).phase).toBe('finished');
  });

  it('never drops a result nor an earlier choice, however it is extended', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.nat(40),
        fc.array(amounts, { maxLength: 3 }),
        (first, jobs, later) => {
          let events = syntheticStudyEvents({ config, amount: first, jobs });
          for (const amount of later) {
            const before = reduceStudy(events);
            const results = events.filter(isResult).length;
            events = syntheticExtension(events, amount);
            const after = reduceStudy(events);
            expect(
              after.architectures.slice(0, before.architectures.length).map((a) => a.choice),
            ).toEqual(before.architectures.map((a) => a.choice));
            expect(events.filter(isResult).length).toBeGreaterThanOrEqual(results);
            for (const [n, one] of before.architectures.entries()) {
              expect(after.architectures[n]?.evaluations.slice(0, one.evaluations.length)).toEqual(
                one.evaluations,
              );
            }
            expect(after.amount?.seeds).toBeGreaterThanOrEqual(before.amount?.seeds ?? 0);
            expect(after.phase).toBe('finished');
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('keeps trainings of other lengths apart from the truth', () => {
    const events = syntheticStudyEvents({ config });
    const [first] = reduceStudy(events).architectures;
    const choice = first?.choice ?? [];
    const extra = [{ choice, seeds: 2, steps: 3 * config.steps }];
    const amount = { architectures: 8, seeds: 1, supernets: 1 };
    const view = reduceStudy(syntheticExtension(events, amount, extra));
    expect(view.architectures[0]?.evaluations).toEqual(first?.evaluations);
    expect(view.architectures[0]?.extra.map(({ steps, seed }) => [steps, seed])).toEqual([
      [3 * config.steps, 0],
      [3 * config.steps, 1],
    ]);
  });

  it('keeps an architecture that was never selected among the others, until it is', () => {
    const amount = { architectures: 3, seeds: 1, supernets: 1 };
    const events = syntheticStudyEvents({ config, amount });
    const chosen = new Set(reduceStudy(events).architectures.map((one) => one.architecture));
    const choice = [0, 1, 2]
      .flatMap((a) => [0, 1, 2].map((b) => [a, b]))
      .find((one) => !chosen.has(choiceId(config.region, one)));
    if (!choice) throw new Error('all are chosen');
    const asked = syntheticExtension(events, amount, [{ choice, seeds: 1, steps: config.steps }]);
    const view = reduceStudy(asked);
    expect(view.architectures).toHaveLength(3);
    expect(view.others.map((one) => one.evaluations.length)).toEqual([1]);
    const all = reduceStudy(syntheticExtension(asked, { ...amount, architectures: 9 }));
    expect(all.others).toEqual([]);
    expect(all.architectures).toHaveLength(9);
    expect(all.architectures.every((one) => one.evaluations.length === 1)).toBe(true);
  });

  it('counts isomorphic choices as one architecture, trained once', () => {
    const twins: StudyConfig = {
      ...config,
      region: regionOf(3, [
        [1, 2, 4],
        [0, 1, 7],
      ]),
    };
    const events = syntheticStudyEvents({
      config: twins,
      amount: { architectures: 9, seeds: 2, supernets: 1 },
    });
    const view = reduceStudy(events);
    // One edge is one class, wherever it lies.
    expect(view.architectures).toHaveLength(3);
    const ids = events.flatMap((event) =>
      event.type === 'evaluation/finished' ? [`${event.architecture} ${event.seed}`] : [],
    );
    expect(new Set(ids).size).toBe(6);
    expect(ids).toHaveLength(6);
    const again: StudyEvent = { type: 'study/selected', at: 0, wall: 0, choices: [[2, 0]] };
    expect(appendStudyEvents(view, [again]).architectures).toHaveLength(3);
  });

  it('keeps a fact that is repeated as it was', () => {
    const events = syntheticStudyEvents({ config });
    const isEvaluation = (event: StudyEvent): event is EvaluationFinished =>
      event.type === 'evaluation/finished';
    const known = events.find(isEvaluation);
    if (!known) throw new Error('nothing was trained');
    const view = appendStudyEvents(reduceStudy(events), [{ ...known, accuracy: 0.999 }]);
    expect(view.architectures).toEqual(reduceStudy(events).architectures);
  });

  it('counts lost devices, and goes on as if there had been none', () => {
    const events = syntheticStudyEvents({ config, jobs: 3 });
    const jobs = [{ kind: 'supernet', variant: 'gumbel', supernet: 0 }] as const;
    const lost: StudyEvent = { type: 'device/lost', at: 0, wall: 0, message: 'a cable', jobs };
    const shaken = [...events.slice(0, 1), lost, lost, ...events.slice(1)];
    const calm = reduceStudy(events);
    const eventCount = events.length + 2;
    expect(reduceStudy(shaken)).toEqual({ ...calm, eventCount, losses: 2 });
    expect(pendingJobs(reduceStudy(shaken))).toEqual(pendingJobs(calm));
  });

  it('forgets an error when the study goes on', () => {
    const error = { code: 'device-lost', message: 'gone', details: {} } as const;
    const events = syntheticStudyEvents({ config, jobs: 3 });
    const failed = appendStudyEvents(reduceStudy(events), [
      { type: 'study/failed', at: 0, wall: 0, error },
    ]);
    expect([failed.phase, failed.error]).toEqual(['failed', error]);
    const more = syntheticStudyEvents({ config, jobs: 4 }).slice(-1);
    expect(appendStudyEvents(failed, more)).toMatchObject({ phase: 'measuring', error: null });
    expect(pendingJobs(failed).length).toBeGreaterThan(0);
  });
});
