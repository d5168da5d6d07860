import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRESETS } from '../core/run/presets.ts';
import { resolveConfig } from '../core/run/resolve.ts';
import { decodeShare, encodeShare } from './share.ts';

describe('share links', () => {
  it.each(PRESETS.map((preset) => [preset.id, preset.config] as const))(
    'hold the preset %s by its name alone',
    (id, config) => {
      expect(encodeShare(config)).toBe(`#run?preset=${id}`);
      expect(decodeShare(encodeShare(config))).toEqual(config);
    },
  );

  it('come back as they went, whatever was changed', () => {
    const overrides = fc.record(
      {
        space: fc.record(
          {
            vertices: fc.integer({ min: 4, max: 8 }),
            channels: fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 2, maxLength: 2 }),
            kernel: fc.constantFrom(3, 5),
          },
          { requiredKeys: [] },
        ),
        supernet: fc.record(
          { temperature: fc.double({ min: 0.01, max: 10, noNaN: true }) },
          { requiredKeys: [] },
        ),
        strategy: fc.constantFrom({ id: 'random' }, { options: { elites: 2 } }),
        search: fc.record({ seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }) }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.constantFrom('quick', 'study'), overrides, (preset, over) => {
        const config = resolveConfig({ preset, overrides: over });
        expect(decodeShare(encodeShare(config))).toEqual(config);
      }),
      { numRuns: 50 },
    );
  });

  it('are readable', () => {
    const config = resolveConfig({ overrides: { space: { channels: [8, 16], vertices: 6 } } });
    expect(encodeShare(config)).toBe('#run?preset=quick&space.vertices=6&space.channels=8,16');
  });

  it('ignore other hashes', () => {
    expect(decodeShare('')).toBeNull();
    expect(decodeShare('#learn')).toBeNull();
  });

  it.each([
    ['#run?preset=nope', /no preset “nope”/],
    ['#run?space.vertices=99', /space\.vertices is 99 but must be .*2 to 8/],
    ['#run?space.vertices=many', /space\.vertices is "many"/],
    ['#run?space.vertises=4', /Did you mean space\.vertices\?/],
    ['#run?space.channels=4,x', /space\.channels/],
    ['#run?space.vertices=2', /space\.candidates is \[5,5\] but must be at most 2/],
  ])('refuse %s', (hash, message) => {
    expect(() => decodeShare(hash)).toThrow(message);
  });
});
