/**
 * What outer searches share: option checks, and the drawing of batches of cells no two of which are
 * isomorphic. Cells enter regions in canonical form.
 */
import { bitCount, edgeCount } from '../cell.ts';
import {
  canonicalMask,
  classCount,
  depthStratified,
  nearestUnused,
  sampleDensity,
  tooManyCandidates,
} from '../cellSpace.ts';
import { LabError } from '../errors.ts';
import type { Random } from '../random.ts';
import type { CellMask, Region } from '../region.ts';
import { checkField, type Field } from '../run/fields.ts';
import type {
  Origin,
  Proposal,
  SpaceDescription,
  StrategyDescriptor,
  StrategyOptions,
  StrategyState,
} from './types.ts';

/** A cell and why it was born. */
export interface Birth {
  readonly mask: CellMask;
  readonly origin: Origin;
}

/** Draws tried for one place before the nearest unused class takes it. */
export const RETRIES = 50;

export const OPTION_PREFIX = 'strategy.options.';

/** The option that all batch strategies have: how the first region is drawn. */
export const FIRST_BATCH_FIELD: Field = {
  kind: 'choice',
  path: `${OPTION_PREFIX}firstBatch`,
  label: 'First batch',
  help: 'How the cells of the first generation are drawn.',
  choices: [
    { value: 'density', label: 'Density', help: 'A density from 0 to 1, then edges at random.' },
    { value: 'depth-stratified', label: 'By depth', help: 'One cell of each depth in turn.' },
  ],
};

/** Number of elites (0..16), for strategies that keep the best cells of the last batch. */
export const ELITES_FIELD: Field = {
  kind: 'integer',
  path: `${OPTION_PREFIX}elites`,
  label: 'Elites',
  help: 'Best cells of the last batch that stay in the next, for each stage.',
  minimum: 0,
  maximum: 16,
};

/**
 * Options with the defaults filled in.
 * @throws LabError `config-invalid` for an unknown option or a value out of bounds, naming the field.
 */
export function completeOptions(
  descriptor: StrategyDescriptor,
  given: StrategyOptions,
): StrategyOptions {
  const options = { ...descriptor.defaults, ...given };
  for (const name of Object.keys(options)) {
    const field = descriptor.fields.find((known) => known.path === OPTION_PREFIX + name);
    if (field) continue;
    const known = descriptor.fields.map((each) => each.path.slice(OPTION_PREFIX.length)).join(', ');
    throw new LabError(
      'config-invalid',
      `${OPTION_PREFIX}${name}: ${descriptor.name} has no such option. It has: ${known}.`,
      { field: OPTION_PREFIX + name },
    );
  }
  for (const field of descriptor.fields) {
    const issue = checkField(field, options[field.path.slice(OPTION_PREFIX.length)]);
    if (!issue) continue;
    throw new LabError(
      'config-invalid',
      `${issue.field}: ${issue.value} is not ${issue.bound}; ${issue.suggestion}.`,
      { field: issue.field, value: issue.value, bound: issue.bound },
    );
  }
  return options;
}

/** A numeric option of a complete set. */
export function numberOption(options: StrategyOptions, name: string): number {
  const value = options[name];
  if (typeof value === 'number') return value;
  throw new LabError('internal', `The option ${name} is not a number.`);
}

/** @throws LabError `config-invalid` if there are not as many classes as candidates. */
export function checkSpace({ vertices, candidates }: SpaceDescription): void {
  if (candidates > classCount(vertices)) throw tooManyCandidates(vertices, candidates);
}

/** @throws LabError `internal` unless ranks are finite and fit the region. */
export function checkRanks(region: Region, ranks: readonly (readonly number[])[]): void {
  const fit =
    ranks.length === region.stages.length &&
    ranks.every((r, s) => r.length === region.stages[s]!.length && r.every(Number.isFinite));
  if (!fit) throw new LabError('internal', 'Ranks are not finite or do not fit the region.');
}

/**
 * A canonical cell that is not in `taken`: `draw` is tried a bounded number of times; then the
 * unused class nearest to the last draw, by edge flips, takes the place. Adds it to `taken`.
 */
export function drawFresh(
  vertices: number,
  taken: Set<CellMask>,
  draw: () => { readonly mask: CellMask; readonly origin: (retries: number) => Origin },
): Birth {
  let last: CellMask = 0;
  for (let retries = 0; retries <= RETRIES; retries++) {
    const { mask, origin } = draw();
    const canonical = canonicalMask(vertices, mask);
    if (!taken.has(canonical)) {
      taken.add(canonical);
      return { mask: canonical, origin: origin(retries) };
    }
    last = mask;
  }
  const { mask, distance } = nearestUnused(vertices, last, taken);
  taken.add(mask);
  return { mask, origin: { kind: 'nearest', distance } };
}

/** A fresh density draw. */
export function drawByDensity(
  vertices: number,
  taken: Set<CellMask>,
  kind: 'initial' | 'immigrant',
  random: Random,
): Birth {
  return drawFresh(vertices, taken, () => {
    const { mask, density } = sampleDensity(vertices, random);
    return { mask, origin: () => ({ kind, density }) };
  });
}

/** First batch of one stage. Cells drawn by depth state the share of their edges as density. */
export function firstBatch(state: StrategyState, random: Random): Birth[] {
  const { vertices, candidates } = state.space;
  if (state.options.firstBatch === 'depth-stratified') {
    return depthStratified(vertices, candidates, random).map((mask) => ({
      mask,
      origin: { kind: 'initial', density: bitCount(mask) / Math.max(1, edgeCount(vertices)) },
    }));
  }
  const taken = new Set<CellMask>();
  return Array.from({ length: candidates }, () =>
    drawByDensity(vertices, taken, 'initial', random),
  );
}

/** The elites of one stage as births. Adds them to `taken`. */
export function eliteBirths(state: StrategyState, stage: number, taken: Set<CellMask>): Birth[] {
  return (state.elites[stage] ?? []).map(({ mask, candidate, rank }) => {
    taken.add(canonicalMask(state.space.vertices, mask));
    return { mask, origin: { kind: 'elite', parent: { stage, candidate }, rank } };
  });
}

/** The `count` best cells of each stage, best first; equal ranks by position. */
export function bestCells(
  region: Region,
  ranks: readonly (readonly number[])[],
  count: number,
): StrategyState['elites'] {
  return region.stages.map((masks, s) =>
    masks
      .map((mask, candidate) => ({ mask, candidate, rank: ranks[s]![candidate]! }))
      .sort((a, b) => b.rank - a.rank || a.candidate - b.candidate)
      .slice(0, count),
  );
}

/** A proposal from the births of every stage. */
export function proposalOf(
  { vertices, stages }: SpaceDescription,
  birthsOf: (stage: number) => readonly Birth[],
): Proposal {
  const births = Array.from({ length: stages }, (_, stage) => birthsOf(stage));
  return {
    region: { vertices, stages: births.map((stage) => stage.map(({ mask }) => mask)) },
    origins: births.map((stage) => stage.map(({ origin }) => origin)),
  };
}
