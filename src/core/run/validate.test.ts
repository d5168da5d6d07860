import { describe, expect, it } from 'vitest';
import { LabError } from '../errors.ts';
import { leafPaths } from '../paths.ts';
import { DEFAULT_CONFIG, PRESETS } from './presets.ts';
import { editConfig, mergeConfig, resolveConfig } from './resolve.ts';
import { fieldsFor } from './schema.ts';
import { checkConfig, getPath, parseConfig, setPath } from './validate.ts';

const edit = (changes: { readonly [path: string]: unknown }) =>
  Object.entries(changes).reduce<unknown>((at, [path, v]) => setPath(at, path, v), DEFAULT_CONFIG);

describe('schema', () => {
  it('describes every option of a config once, with help for each choice', () => {
    const paths = fieldsFor({ space: { id: 'cells' } }).map((field) => field.path);
    expect(new Set(paths).size).toBe(paths.length);
    const leaves = leafPaths(DEFAULT_CONFIG).filter(
      (path) => path !== 'preset' && !path.startsWith('method.options'),
    );
    expect([...paths].sort()).toEqual([...leaves].sort());
    for (const field of fieldsFor(DEFAULT_CONFIG)) {
      expect(field.help).not.toBe('');
      if (field.kind === 'choice') expect(field.choices.every((one) => one.help !== '')).toBe(true);
    }
  });

  it.each(PRESETS.map((preset) => [preset.id, preset.config] as const))(
    'lets the preset %s run',
    (_, config) => expect(checkConfig(config)).toEqual([]),
  );
});

describe('checkConfig', () => {
  it.each([
    [{ 'task.trainImages': 5 }, 'task.trainImages', '5', '10 to 60000', 'use 10'],
    [{ 'task.dataset': 'mnits' }, 'task.dataset', '"mnits"', 'one of mnist', 'use mnist'],
    [{ 'task.imagePooling': 3 }, 'task.imagePooling', '3', 'one of 1, 2', 'use 1'],
    [{ 'space.kernel': 4 }, 'space.kernel', '4', 'one of 3, 5, 7', 'use 3'],
    [{ 'space.vertices': 9 }, 'space.vertices', '9', '2 to 8', 'use 8'],
    [{ 'space.candidates': [5, 0] }, 'space.candidates', '[5,0]', '1 to 16', 'correct'],
    [{ 'space.stages': 1.5 }, 'space.stages', '1.5', 'a whole number', 'use 2'],
    [{ 'supernet.steps': 0 }, 'supernet.steps', '0', '1 to 100000', 'use 1'],
    [{ 'supernet.steps': '250' }, 'supernet.steps', '"250"', 'a whole number', 'correct'],
    [
      { 'supernet.weights.rate': 0 },
      'supernet.weights.rate',
      '0',
      '0.000001 to 10',
      'use 0.000001',
    ],
    [{ 'supernet.alpha.frozen': 2 }, 'supernet.alpha.frozen', '2', '0 to 1', 'use 1'],
    [{ 'supernet.alpha.warmUp': 0.6 }, 'supernet.alpha.warmUp', '0.6', '0 to 0.5', 'use 0.5'],
    [{ 'ranker.id': 'best' }, 'ranker.id', '"best"', 'one of fade', 'use fade'],
    [{ 'ranker.supernets': 11 }, 'ranker.supernets', '11', '1 to 10', 'use 10'],
    [{ 'search.seed': -1 }, 'search.seed', '-1', '0 to 2147483647', 'use 0'],
    [{ 'search.seed': undefined }, 'search.seed', 'missing', 'a whole number', 'correct'],
    [{ 'method.id': 'magic' }, 'method.id', '"magic"', 'one of', 'use'],
    [{ 'method.options': 3 }, 'method.options', '3', 'an object', 'use {}'],
    [{ preset: 'quik' }, 'preset', '"quik"', 'one of quick', 'use quick'],
    [{ 'space.channels': 'many' }, 'space.channels', '"many"', 'a list of whole', 'correct'],
    [{ 'space.vertice': 5 }, 'space.vertice', '5', 'a known field', 'did you mean space.vertices?'],
    [{ 'space.colour': 'red' }, 'space.colour', '"red"', 'a known field', 'leave out'],
    // Combinations.
    [{ 'space.channels': [4] }, 'space.channels', '[4]', 'a list of 2', 'add 1 more'],
    [{ 'space.pooling': [2, 2, 2] }, 'space.pooling', '[2,2,2]', 'a list of 2', 'keep the first 2'],
    [
      { 'space.kernel': 7, 'space.pooling': [4, 1] },
      'space.kernel',
      '7',
      '3×3 pixels of stage 2',
      'use 3',
    ],
    [{ 'space.pooling': [4, 8] }, 'space.pooling', '[4,8]', '3×3 pixels of stage 2', 'pool by 1'],
    [{ 'space.vertices': 2 }, 'space.candidates', '[5,5]', 'at most 2', 'use 2, or more vertices'],
    [
      { 'space.vertices': 3, 'space.candidates': [2, 7] },
      'space.candidates',
      '[2,7]',
      'at most 6',
      'use 6',
    ],
    [{ 'task.trainImages': 20 }, 'supernet.batchSize', '32', 'task.trainImages, 20', 'use 20'],
    [{ 'task.validationImages': 20 }, 'task.validationImages', '20', 'one batch, 32', 'use 32'],
    [{ 'task.trainImages': 59_000 }, 'task.trainImages', '59000', 'at most 60000', 'use 58000'],
    [
      { 'space.channelRule': 'reference', 'space.channels': [1, 2] },
      'space.channels',
      '[1,2]',
      'at least 4',
      'end the list with 4',
    ],
    [
      { 'method.options.elites': 3, 'method.options.immigrants': 3 },
      'method.options.elites',
      '3',
      'space.candidates, 5',
      'use 2 elites',
    ],
  ])('refuses %j', (changes, field, value, bound, suggestion) => {
    const issue = checkConfig(edit(changes)).find((one) => one.field === field);
    expect(issue).toBeDefined();
    expect(issue?.value).toBe(value);
    expect(issue?.bound).toContain(bound);
    expect(issue?.suggestion).toContain(suggestion);
  });

  it.each([
    { 'space.operation': 'linear', 'space.kernel': 7, 'space.pooling': [8, 8] },
    { 'space.operation': 'linear', 'supernet.normalisation': 'l2' },
    { 'space.vertices': 4, 'space.candidates': [16, 16] },
    { 'space.vertices': 4, 'space.candidates': [16, 2] },
  ])('allows %j', (changes) => expect(checkConfig(edit(changes))).toEqual([]));

  it.each([null, 3, 'x', [], undefined])('refuses %j as a whole', (value) => {
    expect(checkConfig(value)[0]?.field).toBe('config');
  });

  it('lists everything in one error', () => {
    const bad = edit({ 'space.vertices': 9, 'search.seed': -1 });
    expect(() => parseConfig(bad)).toThrow(LabError);
    expect(() => parseConfig(bad)).toThrow(/space\.vertices is 9.*; search\.seed is -1/);
    expect(parseConfig(DEFAULT_CONFIG)).toBe(DEFAULT_CONFIG);
  });
});

describe('resolveConfig', () => {
  it('merges deeply and replaces lists', () => {
    const config = resolveConfig({
      preset: 'study',
      overrides: { space: { channels: [2, 3] }, supernet: { alpha: { rate: 0.2 } } },
    });
    expect(config.space.channels).toEqual([2, 3]);
    expect(config.supernet.alpha).toMatchObject({ rate: 0.2, order: 'joint' });
    expect(config.task.dataset).toBe('cifar-10');
  });

  it('fits lists to a changed number of stages, unless they are given', () => {
    const three = resolveConfig({ overrides: { space: { stages: 3 } } });
    expect([three.space.channels, three.space.pooling]).toEqual([
      [4, 8, 16],
      [2, 2, 1],
    ]);
    const one = resolveConfig({ overrides: { space: { stages: 1 } } });
    expect([one.space.channels, one.space.pooling]).toEqual([[4], [2]]);
    const given = { space: { stages: 3, channels: [1, 2, 3], pooling: [1, 1, 1] } };
    expect(resolveConfig({ overrides: given }).space).toMatchObject(given.space);
    expect(() => resolveConfig({ overrides: { space: { stages: 99 } } })).toThrow(LabError);
  });

  it('names an unknown preset and the nearest one', () => {
    expect(() => resolveConfig({ preset: 'papr' })).toThrow(/“papr”: use paper/);
  });

  it('starts another method from its own options', () => {
    const study = resolveConfig({ preset: 'study' });
    const next = mergeConfig(study, { method: { id: 'random' } });
    expect(getPath(next, 'method.options')).toEqual({});
    expect(getPath(editConfig(study, 'preset', 'smoke'), 'space.vertices')).toBe(3);
    expect(getPath(editConfig(study, 'space.stages', 4), 'space.channels')).toEqual([
      8, 16, 32, 64,
    ]);
  });

  it('never touches prototypes', () => {
    const hostile: unknown = JSON.parse('{"__proto__":{"polluted":true}}');
    mergeConfig(DEFAULT_CONFIG, hostile);
    expect('polluted' in {}).toBe(false);
    expect(getPath({}, 'constructor.name')).toBeUndefined();
  });
});
