import { describe, expect, it } from 'vitest';
import { regionOf } from '../cellId.ts';
import { setPath } from '../paths.ts';
import { syntheticStudyConfig } from './testing.ts';
import {
  checkStudyAmount,
  checkStudyConfig,
  parseStudyAmount,
  parseStudyConfig,
} from './validate.ts';

const config = syntheticStudyConfig();
const [main, other] = config.variants;
const amount = { architectures: 8, seeds: 1, supernets: 1 };
const fields = (value: unknown) => checkStudyConfig(value).map(({ field }) => field);

describe('checkStudyConfig', () => {
  it('passes what can run', () => {
    expect(checkStudyConfig(config)).toEqual([]);
    expect(parseStudyConfig(structuredClone(config))).toEqual(config);
  });

  it.each([
    ['steps', 0, ['steps']],
    ['steps', 1.5, ['steps']],
    ['steps', 'many', ['steps']],
    ['checkpoints', 21, ['checkpoints']],
    ['checkpoints', -1, ['checkpoints']],
    // The supernet has eight steps: eight readouts before the last have no step of their own.
    ['checkpoints', 8, ['checkpoints']],
    ['proxies', 1, ['proxies']],
    ['mood', 1, ['mood']],
    ['run.supernet.batchSize', 0, ['run.supernet.batchSize']],
    ['origin', { kind: 'dreamt' }, ['origin.kind']],
    ['variants', [], ['variants']],
    ['variants', [main, main], ['variants.1.id']],
    ['variants', [{ ...main, id: 'Über' }], ['variants.0.id']],
    [
      'variants',
      [main, { ...other, supernet: { ...other?.supernet, steps: 0 } }],
      ['variants.1.supernet.steps'],
    ],
    [
      'region',
      regionOf(4, [
        [0, 1, 3],
        [0, 1, 3],
      ]),
      ['region.0', 'region.1'],
    ],
    ['region', [['99:0', '99:1'], ['99:0']], ['region.0.0', 'region.0.1', 'region.1.0']],
    ['region', regionOf(3, [[0, 1, 3]]), ['region']],
    [
      'region',
      [
        ['3:0', '3:1', '3:8'],
        ['3:0', '3:1', '3:3'],
      ],
      ['region.0.2'],
    ],
    ['region', regionOf(3, [[0, 1, 3], []]), ['region.1']],
    ['region', regionOf(3, [[0], [1, 2]]), ['region']],
  ])('refuses %s = %j', (path, value, expected) => {
    expect(fields(setPath(config, path, value))).toEqual(expected);
    expect(() => parseStudyConfig(setPath(config, path, value))).toThrow(/The study cannot run/);
  });

  it('refuses what is no config at all', () => {
    for (const value of [null, 1, [], {}]) expect(fields(value).length).toBeGreaterThan(0);
  });

  it('says what to do about a region with too few different architectures', () => {
    const [issue] = checkStudyConfig(setPath(config, 'region', regionOf(3, [[0], [1, 2, 7]])));
    expect(issue?.bound).toContain('3 different architectures');
    expect(issue?.suggestion).toContain('more candidates');
  });
});

describe('checkStudyAmount', () => {
  it.each([
    [{ architectures: 2 }, 'amount.architectures', 'use 3'],
    [{ architectures: 10 }, 'amount.architectures', 'use 9'],
    [{ seeds: 0 }, 'amount.seeds', 'use 1'],
    [{ seeds: 33 }, 'amount.seeds', 'use 32'],
    [{ supernets: 17 }, 'amount.supernets', 'use 16'],
    [{ supernets: Number.NaN }, 'amount.supernets', 'use 1'],
  ])('refuses %j', (over, field, suggestion) => {
    expect(checkStudyAmount(config, { ...amount, ...over })).toMatchObject([{ field, suggestion }]);
  });

  it('passes what the region holds', () => {
    expect(parseStudyAmount(config, { ...amount, architectures: 9 }).architectures).toBe(9);
    expect(() => parseStudyAmount(config, { ...amount, architectures: 10 })).toThrow(/from 3 to 9/);
  });
});
