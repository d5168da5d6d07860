/** The cell space by its contract: ids, decisions, drawing and listing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitCount, bitsOf, edgeCount, maskOf } from '../cell.ts';
import { architectureId, cellId, orderedCellId, readCell } from '../cellId.ts';
import { canonicalMask, isomorphic } from '../cellSpace.ts';
import { LabError } from '../errors.ts';
import { createRandom } from '../random.ts';
import { cellSpaceKind } from './cells.ts';
import type { PartId } from './ids.ts';
import { SPACES, spaceKind, spaceOf } from './registry.ts';
import type { PartSpace, Space } from './types.ts';

const create = (stages: number, vertices: number) => cellSpaceKind.create({ stages, vertices });

function partsOf({ parts }: Space): PartSpace {
  if (!parts) throw new Error('no parts');
  return parts.space;
}

const sizes = fc.record({
  stages: fc.integer({ min: 1, max: 3 }),
  vertices: fc.integer({ min: 2, max: 6 }),
});
const masksFor = (vertices: number) => fc.integer({ min: 0, max: 2 ** edgeCount(vertices) - 1 });
/** A number of vertices and some masks on them. */
const masks = (count: number) =>
  fc.integer({ min: 2, max: 6 }).chain((vertices) =>
    fc.record({
      vertices: fc.constant(vertices),
      masks: fc.array(masksFor(vertices), { minLength: count, maxLength: count }),
    }),
  );

describe('the registry', () => {
  it('finds kinds by id, and names those that there are', () => {
    expect(SPACES.map(({ descriptor }) => descriptor.id)).toEqual(['cells']);
    expect(spaceOf({ id: 'cells', stages: 2, vertices: 3 }).count).toBe(36);
    expect(() => spaceKind('graphs')).toThrow(/“graphs”\. Use one of cells\./);
  });

  it('checks sizes', () => {
    expect(() => create(1, 9)).toThrow(LabError);
  });
});

describe('ids', () => {
  it('are canonical, and read as themselves', () => {
    fc.assert(
      fc.property(masks(3), ({ vertices, masks }) => {
        const space = create(3, vertices);
        const written = `${vertices}:${masks.map((mask) => mask.toString(16)).join('.')}`;
        const id = space.read(written);
        expect(space.read(id)).toBe(id);
        expect(id).toBe(architectureId({ vertices, masks }));
        expect(space.parts?.split(id)).toEqual(masks.map((mask) => cellId(vertices, mask)));
        expect(space.parts?.assemble(space.parts.split(id))).toBe(id);
        expect(space.networkKey(id)).toBe(id);
        expect(space.network(id)).toEqual(masks.map((mask) => [cellId(vertices, mask)]));
      }),
    );
  });

  it('of other texts are refused in a sentence', () => {
    const space = create(2, 3);
    for (const text of ['', '3', '3:', '3:1.', '3:8.0', '9:1.1', '3:A.0', '3:1 .1']) {
      expect(() => space.read(text)).toThrow(/names no architecture\. Write .*\.$/);
    }
    expect(() => space.read('3:1')).toThrow(/has 1 stages of 3 vertices, this space has 2 of 3\./);
    expect(() => space.read('4:1.1')).toThrow(/space\.stages=2 and space\.vertices=4/);
    try {
      space.read('3:1');
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: 'usage', details: { id: '3:1' } });
    }
    expect.assertions(11);
  });

  it('of parts stand for every order of the vertices', () => {
    fc.assert(
      fc.property(masks(1), ({ vertices, masks: [mask = 0] }) => {
        const cells = partsOf(create(1, vertices));
        const id = cellId(vertices, mask);
        expect(cells.part(cells.code(id))).toBe(id);
        const codes = cells.codes(id);
        expect(codes[0]).toEqual(cells.code(id));
        expect(codes).toContainEqual(bitsOf(vertices, mask));
        for (const code of codes) expect(cells.part(code)).toBe(id);
        expect(new Set(codes.map(String)).size).toBe(codes.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('listing', () => {
  it.each([
    [1, 2, 2],
    [2, 3, 36],
    [3, 2, 8],
    [2, 4, 961],
  ])('%i stages of %i vertices: %i architectures, each once', (stages, vertices, count) => {
    const space = create(stages, vertices);
    const all = [...(space.enumerate() ?? [])];
    expect(space.count).toBe(count);
    expect(all).toHaveLength(count);
    expect(new Set(all).size).toBe(count);
    for (const id of all.slice(0, 50)) expect(space.read(id)).toBe(id);
  });

  it('golden: the last stage runs fastest', () => {
    expect([...(create(2, 2).enumerate() ?? [])]).toEqual(['2:0.0', '2:0.1', '2:1.0', '2:1.1']);
  });

  it('is not offered where there are too many', () => {
    expect(create(3, 5).enumerate()).toBeNull();
    expect(create(3, 5).count).toBe(302 ** 3);
  });
});

describe('decisions', () => {
  it('are one for each edge of each stage, the same for the same id', () => {
    const space = create(2, 3);
    const id = space.read('3:0.7');
    const decisions = space.decisions(id);
    expect(decisions.map(({ site }) => site)).toEqual(
      [1, 2].flatMap((stage) => ['0-1', '0-2', '1-2'].map((edge) => `${stage}.${edge}`)),
    );
    expect(decisions.map(({ current }) => current).join('')).toBe('000111');
    expect(space.decisions(id)).toEqual(decisions);
    for (const { options, allowed, current } of decisions) {
      expect(options).toContain(current);
      expect(allowed).toEqual([true, true]);
    }
  });

  it('change one stage by one edge, and nothing where the option is taken', () => {
    fc.assert(
      fc.property(sizes, fc.integer(), fc.nat(), (size, seed, pick) => {
        const space = create(size.stages, size.vertices);
        const { id } = space.sample(createRandom(seed));
        const all = space.decisions(id);
        const { site, current } = all[pick % all.length]!;
        expect(space.decide(id, site, current)).toBe(id);
        const next = space.decide(id, site, current === '0' ? '1' : '0');
        if (next === null) throw new Error('not allowed');
        expect(space.read(next)).toBe(next);
        const [stage = '', edge = ''] = site.split('.');
        const s = Number(stage) - 1;
        const [before, after] = [id, next].map((one) => space.parts!.split(one));
        before!.forEach((cell, i) => {
          if (i !== s) expect(after![i]).toBe(cell);
        });
        const { mask } = readCell(before![s]!);
        const [from = 0, to = 0] = edge.split('-').map(Number);
        const flipped = mask ^ maskOf(size.vertices, [[from, to]]);
        expect(isomorphic(size.vertices, readCell(after![s]!).mask, flipped)).toBe(true);
        // The way back: one edge fewer or more, as the mask that was reached says.
        expect(Math.abs(bitCount(mask) - bitCount(readCell(after![s]!).mask))).toBe(1);
      }),
    );
  });

  it('come back when taken twice, wherever the site still means the same edge', () => {
    let same = 0;
    for (const vertices of [2, 3, 4]) {
      const space = create(1, vertices);
      for (const id of space.enumerate() ?? []) {
        for (const { site, current } of space.decisions(id)) {
          const next = space.decide(id, site, current === '0' ? '1' : '0');
          if (next === null) throw new Error('not allowed');
          const edge = site.slice(2).split('-').map(Number);
          const [from = 0, to = 0] = edge;
          const literal = readCell(id).mask ^ maskOf(vertices, [[from, to]]);
          // A mask that is canonical as it stands keeps the names of its vertices.
          if (canonicalMask(vertices, literal) !== literal) continue;
          same += 1;
          expect(space.decide(next, site, current)).toBe(id);
        }
      }
    }
    expect(same).toBeGreaterThan(50);
  });

  it('of no such site or option are none', () => {
    const space = create(2, 3);
    const id = space.read('3:0.0');
    for (const site of ['3.0-1', '0.0-1', '1.1-0', '1.0-3', '', '0-1', '1']) {
      expect(space.decide(id, site, '1')).toBeNull();
    }
    expect(space.decide(id, '1.0-1', '2')).toBeNull();
    expect(space.decide(id, '1.0-1', '1')).toBe(space.read('3:1.0'));
  });
});

describe('drawing', () => {
  it('stays in the space, and depends on chance alone', () => {
    fc.assert(
      fc.property(sizes, fc.integer(), ({ stages, vertices }, seed) => {
        const space = create(stages, vertices);
        const drawn = space.sample(createRandom(seed));
        expect(space.sample(createRandom(seed))).toEqual(drawn);
        expect(space.read(drawn.id)).toBe(drawn.id);
        const densities = Object.values(drawn.values);
        expect(densities).toHaveLength(stages);
        for (const density of densities) {
          expect(density).toBeGreaterThanOrEqual(0);
          expect(density).toBeLessThanOrEqual(1);
        }
        const cells = partsOf(space);
        const part = cells.sample(createRandom(seed));
        expect(cells.part(part.code)).toBe(part.id);
        expect(Object.keys(part.values)).toEqual(['density']);
      }),
    );
  });

  it('crossover takes every part from a parent, and each parent in turn', () => {
    const space = create(3, 4);
    const [a, b] = [space.read('4:0.0.0'), space.read('4:3f.3f.3f')];
    const random = createRandom(4);
    const children = new Set(Array.from({ length: 200 }, () => space.crossover(a, b, random)));
    expect(children.size).toBe(8);
    for (const child of children) {
      for (const cell of space.parts!.split(child)) expect(['4:0', '4:3f']).toContain(cell);
    }
    expect(space.crossover(a, a, random)).toBe(a);
  });

  it('finds the nearest part that is not taken', () => {
    const cells = partsOf(create(1, 3));
    const empty = bitsOf(3, 0);
    const taken = new Set<PartId>();
    expect(cells.nearest(empty, taken)).toEqual({ id: '3:0', distance: 0 });
    taken.add(cellId(3, 0));
    const next = cells.nearest(empty, taken);
    expect(next).toEqual({ id: cellId(3, 1), distance: 1 });
    // In whatever order the taken ones are written.
    const written = new Set([cellId(3, 0), orderedCellId(3, 1)]);
    expect(cells.nearest(empty, written).distance).toBe(2);
    for (let left = 5; left > 0; left--) taken.add(cells.nearest(empty, taken).id);
    expect(taken.size).toBe(6);
    expect(() => cells.nearest(empty, taken)).toThrow(LabError);
  });

  it('spreads parts that differ, as many as there are', () => {
    const cells = partsOf(create(1, 3));
    const parts = cells.spread(6, createRandom(2));
    expect(new Set(parts.map(({ id }) => id)).size).toBe(6);
    for (const { id, values } of parts) {
      expect(values.density).toBeCloseTo(bitCount(readCell(id).mask) / 3, 12);
    }
    expect(() => cells.spread(7, createRandom(2))).toThrow(/only 6/);
    expect(cells.count).toBe(6);
  });
});
