/**
 * The contract of a search space: everything a method may know of it, in terms of ids alone. A space
 * of architectures made of parts (a cell a stage) also offers its parts, from which regions are made.
 */

import type { Field } from '../fields.ts';
import type { Random } from '../random.ts';
import type { Region } from '../region.ts';
import type { ArchitectureId, PartId } from './ids.ts';

/** One thing that can be decided about an architecture or a part. */
export interface Decision {
  /** Names the decision among those of the same id, e.g. `2.0-3`: stage 2, edge from 0 to 3. */
  readonly site: string;
  readonly options: readonly string[];
  /** One of `options`. */
  readonly current: string;
  /** Whether each option may be taken, as long as everything else stays. */
  readonly allowed: readonly boolean[];
}

/** Something drawn, with the numbers that decided it. */
export interface Draw<Id> {
  readonly id: Id;
  readonly values: { readonly [name: string]: number };
}

/**
 * Parts by their code: for each site the index of the option taken. All parts of a space have the same
 * sites. Several codes may stand for the same part; `code` gives that of its id.
 */
export interface PartSpace {
  readonly sites: readonly { readonly name: string; readonly options: readonly string[] }[];
  /** Number of different parts; exact below 2^53. */
  readonly count: number;
  code(part: PartId): readonly number[];
  part(code: readonly number[]): PartId;
  /** All codes of the same part (as many as are worth looking at), that of its id first. */
  codes(part: PartId): readonly (readonly number[])[];
  /** A part at random, with the code that was drawn. */
  sample(random: Random): Draw<PartId> & { readonly code: readonly number[] };
  /**
   * The part outside `taken` that the fewest changes of single sites reach from a code.
   * @throws LabError `config-invalid` if all are taken.
   */
  nearest(
    code: readonly number[],
    taken: ReadonlySet<PartId>,
  ): { readonly id: PartId; readonly distance: number };
  /**
   * `count` different parts that differ much from each other, for regions to measure rankers on.
   * @throws LabError `config-invalid` if there are not so many.
   */
  spread(count: number, random: Random): readonly Draw<PartId>[];
}

/** How architectures are made of parts: one for each stage, all from the same space. */
export interface Parts {
  readonly stages: number;
  readonly space: PartSpace;
  assemble(parts: readonly PartId[]): ArchitectureId;
  split(id: ArchitectureId): readonly PartId[];
}

export interface Space {
  readonly descriptor: SpaceDescriptor;
  /** Number of different architectures; exact below 2^53. */
  readonly count: number;
  /**
   * The canonical id of an architecture that someone wrote.
   * @throws LabError `usage` if the text names none of this space.
   */
  read(text: string): ArchitectureId;
  /** In a fixed order, the same for the same id. */
  decisions(id: ArchitectureId): readonly Decision[];
  /** The architecture with one decision changed; null where that is not allowed. */
  decide(id: ArchitectureId, site: string, option: string): ArchitectureId | null;
  sample(random: Random): Draw<ArchitectureId>;
  /** Null where there are too many to list. */
  enumerate(): Iterable<ArchitectureId> | null;
  /** A child that takes every part from one of its parents. */
  crossover(a: ArchitectureId, b: ArchitectureId, random: Random): ArchitectureId;
  /** What decides which network an id stands for: two ids of one key share their trainings. */
  networkKey(id: ArchitectureId): string;
  /** The cells of the network of an id, as a region of one candidate a stage. */
  network(id: ArchitectureId): Region;
  /** Null for a space whose architectures are not made of parts. */
  readonly parts: Parts | null;
}

export interface SpaceDescriptor {
  readonly id: string;
  readonly name: string;
  /** One sentence. */
  readonly explanation: string;
  readonly source: string;
  /** Options, with paths `space.<name>`. */
  readonly fields: readonly Field[];
}

/** The sizes that choose a space among those of one kind. */
export interface SpaceSize {
  readonly stages: number;
  readonly vertices: number;
}

export interface SpaceKind {
  readonly descriptor: SpaceDescriptor;
  /** @throws LabError `config-invalid` for sizes out of bounds. */
  create(size: SpaceSize): Space;
}
