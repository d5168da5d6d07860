/**
 * What region searches share: batches of parts no two of which are the same, the best parts of the
 * last batch, and the options about both.
 */
import { LabError } from '../errors.ts';
import type { Field } from '../fields.ts';
import type { Random } from '../random.ts';
import type { StageTable } from '../ranks.ts';
import type { Region } from '../region.ts';
import type { PartId } from '../space/ids.ts';
import type { PartSpace, Parts, Space } from '../space/types.ts';
import type { Answer, Incumbent, Origin, RankJob, RankResult } from './jobs.ts';
import { numberOption, OPTION_PREFIX } from './options.ts';
import type { MethodContext, OriginKind } from './types.ts';

/** A part and why it was born. */
export interface Birth {
  readonly id: PartId;
  readonly origin: Origin;
}

/** Best parts of the last batch, best first, `[stage]`. */
export type Elites = readonly (readonly {
  readonly id: PartId;
  readonly candidate: number;
  readonly rank: number;
}[])[];

/** Draws tried for one place before the nearest unused part takes it. */
export const RETRIES = 50;

/** How the first region is drawn. */
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

/** Number of elites (0..16), for searches that keep the best parts of the last batch. */
export const ELITES_FIELD: Field = {
  kind: 'integer',
  path: `${OPTION_PREFIX}elites`,
  label: 'Elites',
  help: 'Best cells of the last batch that stay in the next, for each stage.',
  minimum: 0,
  maximum: 16,
};

const percent = (share: number | undefined) => (share ?? 0).toFixed(2);

/** Parts drawn without regard to ranks, and those kept for theirs. */
export const REGION_ORIGINS: readonly OriginKind[] = [
  {
    kind: 'initial',
    label: 'initial',
    explain: ({ values }) =>
      `First batch: a density of ${percent(values.density)} was drawn, and every possible edge was taken with that probability.`,
  },
  {
    kind: 'immigrant',
    label: 'immigrant',
    explain: ({ values }) =>
      `Immigrant: drawn without looking at θ. A density of ${percent(values.density)} was drawn, and every possible edge was taken with that probability.`,
  },
  {
    kind: 'elite',
    label: 'elite',
    explain: ({ values }) =>
      `Elite: kept from the last generation, where it was candidate ${(values.candidate ?? 0) + 1} of stage ${(values.stage ?? 0) + 1} with rank score ${(values.rank ?? 0).toFixed(2).replace('-', '−')}.`,
  },
  {
    kind: 'nearest',
    label: 'nearest unused',
    explain: ({ values }) =>
      `Nearest unused: every draw from θ repeated a cell, so the closest one not yet in this stage was taken, ${values.distance} ${values.distance === 1 ? 'edge' : 'edges'} away.`,
  },
];

/** A sentence if a region search cannot work on a space, else true. */
export function acceptsParts(name: string, space: Space): true | string {
  return space.parts !== null
    ? true
    : `${name} builds regions of parts, and the space “${space.descriptor.name}” has none. Use a black-box method.`;
}

/** The parts of a space that `acceptsParts` let through. */
export function partsOf({ space }: MethodContext): Parts {
  if (space.parts) return space.parts;
  throw new LabError('internal', `The space ${space.descriptor.id} has no parts.`);
}

/**
 * @throws LabError `config-invalid` if there are fewer parts than candidates, or if `kept` of a batch
 * are more than its places.
 */
export function checkBatch(context: MethodContext, kept: number, words: string): void {
  const { count } = partsOf(context).space;
  const most = Math.max(...context.candidates);
  if (most > count) {
    throw new LabError(
      'config-invalid',
      `space.candidates: ${most} different cells are asked for, but there are only ${count} in this space. Use fewer candidates or more vertices.`,
      { field: 'space.candidates', value: most, bound: count },
    );
  }
  const fewest = Math.min(...context.candidates);
  if (kept <= fewest) return;
  throw new LabError(
    'config-invalid',
    `${OPTION_PREFIX}elites: ${words} take ${kept} places of a batch of ${fewest} cells. Use fewer of them or more candidates.`,
    { field: `${OPTION_PREFIX}elites`, value: kept, bound: fewest },
  );
}

/**
 * A part that is not in `taken`: `draw` is tried a bounded number of times; then the unused part nearest
 * to the last draw takes the place. Adds it to `taken`.
 */
export function drawFresh(
  space: PartSpace,
  taken: Set<PartId>,
  draw: () => {
    readonly id: PartId;
    readonly code: readonly number[];
    readonly origin: (retries: number) => Origin;
  },
): Birth {
  let last: readonly number[] = [];
  for (let retries = 0; retries <= RETRIES; retries++) {
    const { id, code, origin } = draw();
    if (!taken.has(id)) {
      taken.add(id);
      return { id, origin: origin(retries) };
    }
    last = code;
  }
  const { id, distance } = space.nearest(last, taken);
  taken.add(id);
  return { id, origin: { kind: 'nearest', parents: [], values: { distance } } };
}

/** A fresh draw from the space. */
export function drawSample(
  space: PartSpace,
  taken: Set<PartId>,
  kind: 'initial' | 'immigrant',
  random: Random,
): Birth {
  return drawFresh(space, taken, () => {
    const { id, code, values } = space.sample(random);
    return { id, code, origin: () => ({ kind, parents: [], values }) };
  });
}

/** First batch of one stage. */
export function firstBatch(context: MethodContext, candidates: number, random: Random): Birth[] {
  const { space } = partsOf(context);
  if (context.options.firstBatch === 'depth-stratified') {
    return space.spread(candidates, random).map(({ id, values }) => ({
      id,
      origin: { kind: 'initial', parents: [], values },
    }));
  }
  const taken = new Set<PartId>();
  return Array.from({ length: candidates }, () => drawSample(space, taken, 'initial', random));
}

/** The elites of one stage as births. Adds them to `taken`. */
export function eliteBirths(elites: Elites, stage: number, taken: Set<PartId>): Birth[] {
  return (elites[stage] ?? []).map(({ id, candidate, rank }) => {
    taken.add(id);
    return { id, origin: { kind: 'elite', parents: [id], values: { stage, candidate, rank } } };
  });
}

/** The job that ranks these births, `[stage][candidate]`. */
export function rankJob(births: readonly (readonly Birth[])[]): RankJob {
  return {
    kind: 'rank',
    region: births.map((stage) => stage.map(({ id }) => id)),
    origins: births.map((stage) => stage.map(({ origin }) => origin)),
  };
}

/**
 * The one answer that a region search asked for.
 * @throws LabError `internal` unless its ranks are finite and fit the region.
 */
export function rankAnswer(answers: readonly Answer[]): {
  readonly region: Region;
  readonly ranks: StageTable;
  readonly result: RankResult;
} {
  const [first] = answers;
  if (first?.job.kind !== 'rank' || first.result.kind !== 'rank') {
    throw new LabError('internal', 'A region search was told something else than ranks.');
  }
  const { region } = first.job;
  const { ranks } = first.result;
  const fit =
    ranks.length === region.length &&
    ranks.every((row, s) => row.length === region[s]!.length && row.every(Number.isFinite));
  if (!fit) throw new LabError('internal', 'Ranks are not finite or do not fit the region.');
  return { region, ranks, result: first.result };
}

/** The best parts of each stage, best first, as many as the option asks for; ties by position. */
export function elitesOf(region: Region, ranks: StageTable, context: MethodContext): Elites {
  const count = numberOption(context.options, 'elites');
  return region.map((parts, s) =>
    parts
      .map((id, candidate) => ({ id, candidate, rank: ranks[s]![candidate]! }))
      .sort((a, b) => b.rank - a.rank || a.candidate - b.candidate)
      .slice(0, count),
  );
}

/** The best-ranked architecture of a region; its accuracy is not known. */
export function rankedIncumbent({ best }: RankResult): Incumbent | null {
  const [first] = best;
  return first ? { id: first.id, accuracy: null } : null;
}
