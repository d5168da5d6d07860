import { describe, expect, it } from 'vitest';
import { reduceStudy } from './reducer.ts';
import { syntheticStarted, syntheticStudyConfig, syntheticStudyEvents } from './testing.ts';
import { measuredSpeeds, plannedTime, timeLeft } from './time.ts';
import { jobFlops, plannedWork, studyWork } from './work.ts';

const config = syntheticStudyConfig();
const amount = { architectures: 9, seeds: 2, supernets: 1 };
const speed = { low: 1e-6, high: 2e-6 };

describe('time', () => {
  it('is planned from a measured speed, and shared by the workers', () => {
    const { total } = plannedWork(config, amount);
    const one = plannedTime(config, amount, 1, speed);
    expect(one.low).toBeCloseTo(1e-6 * total, 6);
    expect(one.high).toBeCloseTo(2 * one.low, 6);
    expect(plannedTime(config, amount, 4, speed).low).toBeCloseTo(one.low / 4, 6);
    // More workers than jobs do not help.
    const { jobs } = plannedWork(config, amount);
    expect(plannedTime(config, amount, 1000, speed).low).toBeCloseTo(one.low / jobs, 6);
  });

  it('is unknown before the first job, unless a speed is brought along', () => {
    const view = reduceStudy([syntheticStarted({ config, amount })]);
    expect(timeLeft(view, 1)).toBeNull();
    expect(timeLeft(view, 1, speed)).toEqual(plannedTime(config, amount, 1, speed));
  });

  it('follows the speed of each kind of job', () => {
    const view = reduceStudy(syntheticStudyEvents({ config, amount, jobs: 3 }));
    const { supernet, alone } = measuredSpeeds(view);
    const flops = jobFlops(config, { kind: 'supernet', variant: 'gumbel', supernet: 0 });
    // A synthetic supernet takes 400 ms, and a single one has no spread but the honest tenth.
    expect(supernet?.low).toBeCloseTo((0.9 * 400) / flops, 12);
    expect(supernet?.high).toBeCloseTo((1.1 * 400) / flops, 12);
    const { leftOf } = studyWork(view);
    const left = timeLeft(view, 1);
    const expected =
      leftOf.supernet * (supernet?.low ?? 0) + (leftOf.alone + leftOf.proxies) * (alone?.low ?? 0);
    expect(left?.low).toBeCloseTo(expected, 6);
    expect(left?.high).toBeGreaterThan(left?.low ?? Number.POSITIVE_INFINITY);
  });

  it('does not take a diverged training for a fast one', () => {
    const events = syntheticStudyEvents({ config, amount, jobs: 5, diverged: () => true });
    expect(measuredSpeeds(reduceStudy(events)).alone).toBeNull();
  });

  it('is up when everything is measured', () => {
    expect(timeLeft(reduceStudy(syntheticStudyEvents({ config, amount })), 2)).toEqual({
      low: 0,
      high: 0,
    });
  });
});
