/** What holds for every method: jobs that make sense, chance by seed alone, memory of plain data. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { depthOf } from '../cell.ts';
import { cellId, readCell } from '../cellId.ts';
import { classCount } from '../cellSpace.ts';
import { LabError } from '../errors.ts';
import { createRandom } from '../random.ts';
import { completeOptions } from './options.ts';
import { pseudoGradientMethod } from './pseudoGradient.ts';
import { findMethod, METHODS, methodById } from './registry.ts';
import { contextOf, onlyRankJob, play, rankedAs } from './testing.ts';
import type { MethodOptions } from './types.ts';

const SPACE = { vertices: 5, candidates: [5, 5] };

describe('registry', () => {
  it('finds by id and lists what there is', () => {
    expect(methodById('pseudo-gradient')).toBe(pseudoGradientMethod);
    expect(() => methodById('alchemy')).toThrow(/pseudo-gradient, random/);
    expect(findMethod('alchemy')).toBeNull();
    const ids = METHODS.map(({ descriptor }) => descriptor.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has a default for every field, and a field for every default', () => {
    for (const { descriptor } of METHODS) {
      expect(descriptor.fields.map((field) => field.path).sort()).toEqual(
        Object.keys(descriptor.defaults)
          .map((name) => `method.options.${name}`)
          .sort(),
      );
      expect(completeOptions(descriptor, {})).toEqual(descriptor.defaults);
    }
  });

  it('lists each kind of origin once', () => {
    for (const { descriptor } of METHODS) {
      const kinds = descriptor.origins.map(({ kind }) => kind);
      expect(new Set(kinds).size).toBe(kinds.length);
    }
  });
});

const regionMethods = METHODS.filter(({ descriptor }) => descriptor.kind === 'region');

describe.each(regionMethods.map((method) => [method.descriptor.id, method] as const))(
  '%s',
  (_, method) => {
    const { origins } = method.descriptor;

    it('proposes canonical cells, no two the same, with an origin each that it explains', () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 2, max: 6 }),
          fc.array(fc.integer({ min: 2, max: 10 }), { minLength: 1, maxLength: 3 }),
          fc.constantFrom('density', 'depth-stratified'),
          fc.integer(),
          (vertices, wanted, firstBatch, seed) => {
            const candidates = wanted.map((k) => Math.min(k, classCount(vertices)));
            const context = contextOf(method, { vertices, candidates }, { firstBatch });
            for (const { job } of play(method, context, seed, 4)) {
              expect(job.region.map((cells) => cells.length)).toEqual(candidates);
              expect(job.origins.map((row) => row.length)).toEqual(candidates);
              for (const cells of job.region) {
                expect(new Set(cells).size).toBe(cells.length);
                expect(cells.map((id) => cellId(vertices, readCell(id).mask))).toEqual(cells);
              }
              for (const origin of job.origins.flat()) {
                const known = origins.find(({ kind }) => kind === origin.kind);
                expect(known?.explain(origin)).toMatch(/^[A-Z].*\.$/);
                expect(known?.explain(origin)).not.toMatch(/NaN|undefined/);
              }
            }
          },
        ),
        { numRuns: 30 },
      );
    });

    it('is deterministic, and its memory is plain data', () => {
      const context = contextOf(method, { vertices: 5, candidates: [5, 3] });
      const plain = (seed: number, rounds: number) =>
        play(method, context, seed, rounds).map(({ before: _, after: __, ...rest }) => rest);
      const first = plain(5, 4);
      expect(plain(5, 4)).toEqual(first);
      for (const { memory, note } of first) {
        expect(JSON.parse(JSON.stringify(memory))).toEqual(memory);
        expect(JSON.parse(JSON.stringify(note))).toEqual(note);
        expect(v.is(method.noteSchema, note)).toBe(true);
      }
      expect(plain(6, 1)).not.toEqual(first.slice(0, 1));
    });

    it('changes nothing that it was asked or told before', () => {
      const context = contextOf(method, SPACE);
      const [, second] = play(method, context, 5, 3);
      const ask = () => second!.before.ask(createRandom(5, 'ask', 1));
      expect(ask()).toEqual([second!.job]);
      expect(ask()).toEqual([second!.job]);
    });

    it('hands out the best-ranked architecture, whose accuracy it does not know', () => {
      const context = contextOf(method, { vertices: 5, candidates: [4, 2] });
      for (const { job, ranks, incumbent } of play(method, context, 3, 3)) {
        const top = job.region.map((cells, s) => cells[ranks[s]!.indexOf(Math.max(...ranks[s]!))]!);
        expect(incumbent).toEqual({ id: context.space.parts?.assemble(top), accuracy: null });
      }
    });

    it('starts by depth if asked', () => {
      const context = contextOf(method, SPACE, { firstBatch: 'depth-stratified' });
      const [step] = play(method, context, 2, 1);
      for (const cells of step!.job.region) {
        expect(cells.map((id) => depthOf(5, readCell(id).mask))).toEqual([1, 2, 3, 4, 5]);
      }
    });

    it('refuses what cannot be', () => {
      const begin = (options: MethodOptions, candidates = [5, 5], vertices = 5) =>
        method.begin(contextOf(method, { vertices, candidates }, options), createRandom(1));
      expect(() => begin({}, [7], 3)).toThrow(/only 6/);
      expect(() => begin({}, [2, 7], 3)).toThrow(/only 6/);
      expect(() => begin({ elites: 17 })).toThrow(/0 to 16/);
      expect(() => begin({ elites: 6 })).toThrow(/batch of 5/);
      expect(() => begin({ elites: 4 }, [5, 3])).toThrow(/batch of 3/);
      expect(() => begin({ colour: 'red' })).toThrow(/no such option/);
      expect(() => begin({ firstBatch: 'any' })).toThrow(LabError);
    });

    it('refuses answers that do not fit', () => {
      const context = contextOf(method, { vertices: 5, candidates: [5] });
      const search = method.begin(context, createRandom(1));
      const job = onlyRankJob(search.ask(createRandom(1)));
      const good = rankedAs(context, job, [[1, 2, 3, 4, 5]]);
      const tell = (ranks: number[][]) => {
        if (good.result.kind !== 'rank' || good.job.kind !== 'rank') throw new Error('no ranks');
        return search.tell([{ job: good.job, result: { ...good.result, ranks } }], createRandom(1));
      };
      expect(tell([[1, 2, 3, 4, 5]]).incumbent).not.toBeNull();
      expect(() => tell([[1, 2]])).toThrow(/do not fit/);
      expect(() => tell([[1, 2, 3, 4, Number.NaN]])).toThrow(/not finite/);
      expect(() => search.tell([], createRandom(1))).toThrow(/something else/);
    });

    it('refuses a space without parts, in a sentence', () => {
      const context = contextOf(method, SPACE);
      const whole = { ...context.space, parts: null };
      expect(method.accepts(context.space)).toBe(true);
      expect(method.accepts(whole)).toMatch(/^[A-Z].*has none\. .*\.$/);
      expect(() => method.begin({ ...context, space: whole }, createRandom(1))).toThrow(LabError);
    });
  },
);
