/** The ids of cells and of chains of cells: vertices, then edge masks in hexadecimal. */
import { edgeCount } from './cell.ts';
import { canonicalMask } from './cellSpace.ts';
import { LabError } from './errors.ts';
import type { CellMask, Region } from './region.ts';
import type { ArchitectureId, PartId } from './space/ids.ts';

/** A cell, decoded. */
export interface Cell {
  /** 2..8. */
  readonly vertices: number;
  readonly mask: CellMask;
}

/** An architecture, decoded: one cell a stage, all on the same number of vertices. */
export interface Architecture {
  /** Vertices of every cell, 2..8. */
  readonly vertices: number;
  readonly masks: readonly CellMask[];
}

const hex = (vertices: number, mask: CellMask) => canonicalMask(vertices, mask).toString(16);

/** The canonical id of a cell, e.g. `5:1e6`: isomorphic cells have the same. */
export function cellId(vertices: number, mask: CellMask): PartId {
  return `${vertices}:${hex(vertices, mask)}` as PartId;
}

/** The canonical id of an architecture, e.g. `5:1e6.372`. */
export function architectureId({ vertices, masks }: Architecture): ArchitectureId {
  return `${vertices}:${masks.map((mask) => hex(vertices, mask)).join('.')}` as ArchitectureId;
}

/** Names a cell with its vertices in this very order, canonical or not. */
export function orderedCellId(vertices: number, mask: CellMask): PartId {
  return `${vertices}:${mask.toString(16)}` as PartId;
}

/** The region of these cells, `masks[stage][candidate]`, each in the order it is given in. */
export function regionOf(vertices: number, masks: readonly (readonly CellMask[])[]): Region {
  return masks.map((stage) => stage.map((mask) => orderedCellId(vertices, mask)));
}

const decode = (id: string): Architecture | null => {
  const parts = /^([2-8]):([0-9a-f]+(?:\.[0-9a-f]+)*)$/.exec(id);
  const vertices = Number(parts?.[1]);
  const masks = parts?.[2]?.split('.').map((part) => Number.parseInt(part, 16)) ?? [];
  return parts && masks.every((mask) => mask < 2 ** edgeCount(vertices))
    ? { vertices, masks }
    : null;
};

/** True if the text names a cell, canonical or not. */
export function isCellId(id: unknown): id is PartId {
  return typeof id === 'string' && decode(id)?.masks.length === 1;
}

/** True if the text names an architecture, canonical or not. */
export function isArchitectureId(id: unknown): id is ArchitectureId {
  return typeof id === 'string' && decode(id) !== null;
}

/** Cells decoded so far; there are few different ones in a run. */
const cells = new Map<string, Cell>();
const CELLS_REMEMBERED = 1 << 14;

/**
 * The cell of an id.
 * @throws LabError `usage` if the text names no cell.
 */
export function readCell(id: string): Cell {
  const known = cells.get(id);
  if (known) return known;
  const found = decode(id);
  const mask = found?.masks[0];
  if (!found || mask === undefined || found.masks.length > 1) {
    const message = `“${id}” names no cell. Write vertices, a colon, and the edges in hexadecimal, as in 5:1e6.`;
    throw new LabError('usage', message, { id });
  }
  if (cells.size >= CELLS_REMEMBERED) cells.clear();
  const cell = { vertices: found.vertices, mask };
  cells.set(id, cell);
  return cell;
}

/**
 * The architecture of an id, canonical or not.
 * @throws LabError `usage` if the text is no name that `architectureId` could have given.
 */
export function readArchitecture(id: string): Architecture {
  const found = decode(id);
  if (found) return found;
  throw new LabError(
    'usage',
    `“${id}” names no architecture. Write vertices, a colon, and one hexadecimal mask a stage, as in 5:a3.1f.`,
    { id },
  );
}

/** Cells of one architecture, one a stage. */
export function cellsOf(id: string): PartId[] {
  const { vertices, masks } = readArchitecture(id);
  return masks.map((mask) => cellId(vertices, mask));
}

/**
 * The id of the architecture that has these cells, one a stage.
 * @throws LabError `usage` if one names no cell, `internal` if they differ in their vertices.
 */
export function chainId(parts: readonly string[]): ArchitectureId {
  const read = parts.map(readCell);
  const vertices = read[0]?.vertices ?? 2;
  if (read.some((cell) => cell.vertices !== vertices)) {
    throw new LabError('internal', `The cells ${parts.join(', ')} differ in their vertices.`);
  }
  return architectureId({ vertices, masks: read.map(({ mask }) => mask) });
}
