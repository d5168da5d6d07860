import { describe, expect, it } from 'vitest';
import type { StudyConfig } from './config.ts';
import { offeredTrainings, reusableTrainings } from './reuse.ts';
import { syntheticStarted, syntheticStudyConfig, syntheticStudyEvents } from './testing.ts';

const config = syntheticStudyConfig();
const events = syntheticStudyEvents({ config });
const evaluations = events.filter((event) => event.type === 'evaluation/finished');

const changed = (
  change: (run: StudyConfig['run']) => Partial<StudyConfig['run']>,
): StudyConfig => ({
  ...config,
  run: { ...config.run, ...change(config.run) },
});

describe('trainings of another study', () => {
  it('are offered whatever the region, the supernets and their alpha', () => {
    const other = changed(({ space, supernet }) => ({
      space: { ...space, candidates: space.candidates.map((k) => k - 1) },
      supernet: { ...supernet, sampling: 'softmax', steps: 99 },
      ranker: { ...config.run.ranker, id: 'leave-one-out' },
    }));
    const region = other.region.map((row) => row.slice(1));
    expect(offeredTrainings({ ...other, region, steps: 5 }, events)?.evaluations).toEqual(
      evaluations,
    );
  });

  it.each([
    ['seed', changed(({ search }) => ({ search: { ...search, seed: 77 } }))],
    ['images', changed(({ task }) => ({ task: { ...task, trainImages: 60 } }))],
    ['channels', changed(({ space }) => ({ space: { ...space, channels: [3, 5] } }))],
    [
      'rate',
      changed(({ supernet }) => ({
        supernet: { ...supernet, weights: { ...supernet.weights, rate: 0.5 } },
      })),
    ],
    ['batch', changed(({ supernet }) => ({ supernet: { ...supernet, batchSize: 3 } }))],
  ])('are not offered with another %s', (_, other) => {
    expect(offeredTrainings(other, events)).toBeNull();
  });

  it('are not offered by a study that has none', () => {
    expect(offeredTrainings(config, events.slice(0, 1))).toBeNull();
    expect(offeredTrainings(config, [])).toBeNull();
  });

  it('count only if the same images and the same program made them', () => {
    const header = syntheticStarted({ config });
    const offers = [{ header, evaluations }];
    expect(reusableTrainings(header, offers).size).toBe(evaluations.length);
    const nameOnly = { ...header, backend: { name: header.backend.name } };
    expect(reusableTrainings(nameOnly, offers).size).toBe(evaluations.length);
    for (const other of [
      { ...header, datasetDigest: 'cd' },
      { ...header, executor: 'wasm' as const },
      { ...header, engineVersion: '0' },
      { ...header, backend: { name: 'webgpu' as const } },
    ]) {
      expect(reusableTrainings(other, offers).size).toBe(0);
    }
  });
});
