/**
 * The cell space: a chain of stages with one cell each, every cell a directed acyclic graph on the same
 * number of vertices whose edges are operations (arXiv 2404.16218, hierarchical spaces). Isomorphic
 * cells are one cell; every vertex counts, so that different ids are different networks.
 */
import { bitCount, bitsOf, edgeCount, edgePairs, maskOf } from '../cell.ts';
import { architectureId, cellId, cellsOf, chainId, readArchitecture, readCell } from '../cellId.ts';
import {
  canonicalMask,
  classCount,
  depthStratified,
  enumerateClasses,
  nearestUnused,
  orderings,
  sampleDensity,
} from '../cellSpace.ts';
import { LabError } from '../errors.ts';
import type { Field } from '../fields.ts';
import type { Random } from '../random.ts';
import type { ArchitectureId, PartId } from './ids.ts';
import type { Decision, Draw, PartSpace, Space, SpaceKind } from './types.ts';

const FIELDS: readonly Field[] = [
  {
    kind: 'integer',
    path: 'space.stages',
    label: 'Stages',
    help: 'Cells in a row, each followed by pooling (S).',
    minimum: 1,
    maximum: 10,
  },
  {
    kind: 'integer',
    path: 'space.vertices',
    label: 'Vertices',
    help: 'Vertices of every cell (n); more of them, many more cells.',
    minimum: 2,
    maximum: 8,
  },
];

const descriptor = {
  id: 'cells',
  name: 'Cells',
  explanation: 'A chain of stages, each with a cell: an acyclic graph whose edges are operations.',
  source: 'arXiv 2404.16218, hierarchical spaces',
  fields: FIELDS,
};

/** An edge is there or not. */
const OPTIONS = ['0', '1'];

/** Listing all architectures is offered up to this many. */
const MOST_LISTED = 1 << 20;

function cellsOn(vertices: number): PartSpace {
  const pairs = edgePairs(vertices);
  const maskOfCode = (code: readonly number[]) =>
    maskOf(
      vertices,
      pairs.filter((_, site) => code[site] === 1),
    );
  const maskOfPart = (part: PartId) => readCell(part).mask;
  return {
    sites: pairs.map(([from, to]) => ({ name: `${from}-${to}`, options: OPTIONS })),
    count: classCount(vertices),
    code: (part) => bitsOf(vertices, maskOfPart(part)),
    part: (code) => cellId(vertices, maskOfCode(code)),
    codes: (part) => orderings(vertices, maskOfPart(part)).map((mask) => bitsOf(vertices, mask)),
    sample(random) {
      const { mask, density } = sampleDensity(vertices, random);
      return { id: cellId(vertices, mask), code: bitsOf(vertices, mask), values: { density } };
    },
    nearest(code, taken) {
      const masks = new Set([...taken].map((part) => canonicalMask(vertices, maskOfPart(part))));
      const { mask, distance } = nearestUnused(vertices, maskOfCode(code), masks);
      return { id: cellId(vertices, mask), distance };
    },
    spread: (count, random) =>
      depthStratified(vertices, count, random).map((mask) => ({
        id: cellId(vertices, mask),
        values: { density: bitCount(mask) / Math.max(1, edgeCount(vertices)) },
      })),
  };
}

/** Every chain of `stages` cells, the last stage running fastest. */
function* chains(stages: number, cells: readonly PartId[]): Iterable<ArchitectureId> {
  const place = new Array<number>(stages).fill(0);
  for (;;) {
    yield chainId(place.map((cell) => cells[cell]!));
    let stage = stages - 1;
    while (stage >= 0 && place[stage] === cells.length - 1) place[stage--] = 0;
    if (stage < 0) return;
    place[stage]!++;
  }
}

function decisionsOf(id: ArchitectureId, cells: PartSpace): Decision[] {
  return cellsOf(id).flatMap((part, stage) => {
    const code = cells.code(part);
    return cells.sites.map(({ name, options }, site) => ({
      site: `${stage + 1}.${name}`,
      options,
      current: options[code[site]!]!,
      allowed: options.map(() => true),
    }));
  });
}

function decide(id: ArchitectureId, site: string, option: string, cells: PartSpace) {
  const [stageName = '', name] = site.split('.');
  const stage = Number(stageName) - 1;
  const parts = cellsOf(id);
  const at = cells.sites.findIndex((one) => one.name === name);
  const choice = cells.sites[at]?.options.indexOf(option) ?? -1;
  const part = parts[stage];
  if (part === undefined || choice < 0) return null;
  const code = cells.code(part).map((before, i) => (i === at ? choice : before));
  return chainId(parts.map((other, s) => (s === stage ? cells.part(code) : other)));
}

function createCells({ stages, vertices }: { stages: number; vertices: number }): Space {
  const cells = cellsOn(vertices);
  const count = cells.count ** stages;
  const sample = (random: Random): Draw<ArchitectureId> => {
    const draws = Array.from({ length: stages }, () => cells.sample(random));
    const values = Object.fromEntries(
      draws.map((draw, s) => [`density${s + 1}`, draw.values.density ?? 0]),
    );
    return { id: chainId(draws.map(({ id }) => id)), values };
  };
  return {
    descriptor,
    count,
    read(text) {
      const architecture = readArchitecture(text);
      if (architecture.vertices === vertices && architecture.masks.length === stages) {
        return architectureId(architecture);
      }
      const { masks } = architecture;
      const message = `“${text}” has ${masks.length} stages of ${architecture.vertices} vertices, this space has ${stages} of ${vertices}. Set space.stages=${masks.length} and space.vertices=${architecture.vertices}, or name another architecture.`;
      const settings = { 'space.stages': masks.length, 'space.vertices': architecture.vertices };
      throw new LabError('usage', message, { id: text, settings });
    },
    decisions: (id) => decisionsOf(id, cells),
    decide: (id, site, option) => decide(id, site, option, cells),
    sample,
    enumerate: () => (count <= MOST_LISTED ? chains(stages, classesOn(vertices)) : null),
    crossover(a, b, random) {
      const other = cellsOf(b);
      return chainId(cellsOf(a).map((cell, s) => (random.bernoulli(0.5) ? cell : other[s]!)));
    },
    networkKey: (id) => id,
    network: (id) => cellsOf(id).map((cell) => [cell]),
    parts: { stages, space: cells, assemble: chainId, split: cellsOf },
  };
}

const classesOn = (vertices: number) =>
  enumerateClasses(vertices).map((mask) => cellId(vertices, mask));

export const cellSpaceKind: SpaceKind = { descriptor, create: createCells };
