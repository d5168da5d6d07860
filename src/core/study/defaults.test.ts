import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { depthOf } from '../cell.ts';
import { chainId, readCell } from '../cellId.ts';
import type { RunEvent } from '../run/events.ts';
import { PRESETS } from '../run/presets.ts';
import { presetConfig, resolveConfig } from '../run/resolve.ts';
import { syntheticConfig, syntheticLog } from '../run/testing.ts';
import {
  clampAmount,
  defaultAmount,
  defaultVariants,
  forStudy,
  regionFor,
  regionOfGeneration,
  studyConfig,
} from './defaults.ts';
import { distinctCount } from './select.ts';
import { checkStudyAmount, checkStudyConfig } from './validate.ts';

const study = presetConfig('study');

describe('studyConfig', () => {
  it.each(PRESETS.map(({ id }) => id))('makes a study of %s that can run', (id) => {
    const config = studyConfig(forStudy(presetConfig(id)));
    expect(checkStudyConfig(config)).toEqual([]);
    expect(checkStudyAmount(config, defaultAmount(config))).toEqual([]);
    expect(config.steps).toBe(config.run.supernet.steps);
  });

  it('measures the amounts of the presets', () => {
    const of = (id: string) => defaultAmount(studyConfig(forStudy(presetConfig(id))));
    expect(of('smoke')).toEqual({ architectures: 8, seeds: 1, supernets: 1 });
    expect(of('quick')).toEqual({ architectures: 25, seeds: 2, supernets: 1 });
    expect(of('study')).toEqual({ architectures: 25, seeds: 4, supernets: 3 });
  });

  it('takes the run’s own supernet first, then the recipes of other samplings', () => {
    expect(defaultVariants(study).map(({ id }) => id)).toEqual(['gumbel', 'softmax']);
    expect(defaultVariants(study)[0]?.supernet).toBe(study.supernet);
    const softmax = resolveConfig({
      preset: 'study',
      overrides: { supernet: { sampling: 'softmax' } },
    });
    expect(defaultVariants(softmax).map(({ id }) => id)).toEqual(['softmax', 'gumbel']);
    const hard = resolveConfig({ overrides: { supernet: { sampling: 'gumbel-hard' } } });
    expect(defaultVariants(hard).map(({ id }) => id)).toEqual(['gumbel-hard', 'gumbel', 'softmax']);
  });

  it('trains softmax by SGD after a quarter, Gumbel by Adam after 60 %', () => {
    const [gumbel] = defaultVariants(
      resolveConfig({ overrides: { supernet: { sampling: 'softmax' } } }),
    ).slice(1);
    expect(gumbel?.supernet.alpha).toMatchObject({ optimiser: 'adam', rate: 0.1, frozen: 0.6 });
    expect(gumbel?.supernet.temperature).toBe(1);
    const softmax = defaultVariants(study)[1]?.supernet;
    expect(softmax?.alpha).toMatchObject({
      optimiser: 'sgd',
      rate: 1,
      momentum: 0.8,
      frozen: 0.25,
    });
    expect(softmax?.weights).toEqual(study.supernet.weights);
  });

  it('asks for the region of a generation to be given with it', () => {
    const origin = { kind: 'generation', run: 'run-1', generation: 3 } as const;
    expect(() => studyConfig(study, { origin })).toThrow(/log of its run/);
    const region = regionFor('random', study);
    expect(studyConfig(study, { origin, region })).toMatchObject({ origin, region });
  });

  it('has no more checkpoints than steps', () => {
    const run = resolveConfig({
      preset: 'smoke',
      overrides: { supernet: { steps: 2 }, space: { candidates: 3 } },
    });
    expect(studyConfig(run).checkpoints).toBe(1);
  });
});

describe('regionFor', () => {
  it('draws different cells of each stage by the seed', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.constantFrom('random', 'depth-stratified'), (seed, kind) => {
        const run = { ...study, search: { ...study.search, seed } };
        const region = regionFor(kind, run);
        expect(region).toEqual(regionFor(kind, run));
        for (const cells of region) {
          expect(new Set(cells.map((cell) => chainId([cell]))).size).toBe(5);
          const depths = cells.map((cell) => depthOf(5, readCell(cell).mask));
          if (kind === 'depth-stratified') expect(depths).toEqual([1, 2, 3, 4, 5]);
        }
        expect(distinctCount(region)).toBe(25);
      }),
      { numRuns: 20 },
    );
    const next = { ...study, search: { ...study.search, seed: 2 } };
    expect(regionFor('random', next)).not.toEqual(regionFor('random', study));
  });
});

const rankJobs = (events: readonly RunEvent[]) =>
  events.flatMap((event) =>
    event.type === 'round/started' ? event.jobs.filter((job) => job.kind === 'rank') : [],
  );

describe('regionOfGeneration', () => {
  const three = (stages: number) => ({
    ...syntheticConfig(),
    space: { ...syntheticConfig().space, candidates: new Array<number>(stages).fill(3), stages },
  });
  const log = syntheticLog({ config: three(2) });

  it('reads the region out of the log', () => {
    const run = forStudy(syntheticConfig());
    const region = regionOfGeneration(log, 1, run);
    expect(region).toEqual(rankJobs(log.events)[1]?.region);
    expect(checkStudyConfig(studyConfig(run, { region }))).toEqual([]);
  });

  it('says which generations there are', () => {
    expect(() => regionOfGeneration(log, 7, syntheticConfig())).toThrow(/generations 0 to 1/);
    const empty = { ...log, events: log.events.slice(0, 1) };
    expect(() => regionOfGeneration(empty, 0, syntheticConfig())).toThrow(/none yet/);
  });

  it('says what does not fit the task', () => {
    expect(() => regionOfGeneration(log, 0, study)).toThrow(
      /region.0 is .*3:.*cells on 5 vertices \(space.vertices\)/,
    );
    const deep = resolveConfig({ preset: 'smoke', overrides: { space: { stages: 3 } } });
    expect(() => regionOfGeneration(log, 0, deep)).toThrow(/one for each of space.stages/);
  });
});

it('clamps an amount to what the region holds', () => {
  const region = regionFor('random', forStudy(presetConfig('smoke')));
  const amount = { architectures: 100, seeds: 1, supernets: 1 };
  expect(clampAmount(region, amount).architectures).toBe(9);
  expect(clampAmount(region, { ...amount, architectures: 1 }).architectures).toBe(3);
});
