/** From the settings of a run to a study: its region, its supernets, and how much is measured. */
import { LabError } from '../errors.ts';
import { acceptsParts, drawSample } from '../method/regions.ts';
import { createRandom } from '../random.ts';
import type { Region } from '../region.ts';
import type { RunConfig, SupernetConfig } from '../run/config.ts';
import type { RunLog } from '../run/events.ts';
import { resolveOver } from '../run/resolve.ts';
import { describeIssue } from '../run/validate.ts';
import type { PartId } from '../space/ids.ts';
import { spaceOf } from '../space/registry.ts';
import {
  FEWEST_ARCHITECTURES,
  type RegionOrigin,
  type StudyAmount,
  type StudyConfig,
  type SupernetVariant,
} from './config.ts';
import { distinctCount, MOST_ARCHITECTURES } from './select.ts';
import { parseStudyConfig, regionIssues } from './validate.ts';

/** Gumbel soft, temperature 1, alpha by Adam .1 after 60 % of the steps. (Found by experiment.) */
function gumbelRecipe(supernet: SupernetConfig): SupernetConfig {
  return {
    ...supernet,
    sampling: 'gumbel',
    temperature: 1,
    alpha: {
      ...supernet.alpha,
      optimiser: 'adam',
      rate: 0.1,
      schedule: 'constant',
      init: 'zeros',
      order: 'joint',
      frozen: 0.6,
    },
  };
}

/** Plain softmax, alpha by SGD, rate 1.0, momentum .8, after 25 % of the steps. (As above.) */
function softmaxRecipe(supernet: SupernetConfig): SupernetConfig {
  return {
    ...supernet,
    sampling: 'softmax',
    alpha: {
      ...supernet.alpha,
      optimiser: 'sgd',
      rate: 1,
      momentum: 0.8,
      schedule: 'constant',
      init: 'zeros',
      order: 'joint',
      frozen: 0.25,
    },
  };
}

/** The run's own supernet, named by its sampling, then the recipes of the other samplings. */
export function defaultVariants({ supernet }: RunConfig): readonly SupernetVariant[] {
  const recipes = [
    { id: 'gumbel', supernet: gumbelRecipe(supernet) },
    { id: 'softmax', supernet: softmaxRecipe(supernet) },
  ];
  const own = { id: supernet.sampling, supernet };
  return [own, ...recipes.filter(({ id }) => id !== own.id)];
}

/**
 * A fresh region for the space of a run, drawn from `search.seed`: parts that differ much (cells of
 * every depth in turn), or plain draws; no two of a stage the same.
 * @throws LabError `config-invalid` if there are fewer parts than candidates, or none in this space.
 */
export function regionFor(
  kind: Exclude<RegionOrigin['kind'], 'generation'>,
  { space: settings, search }: RunConfig,
): Region {
  const space = spaceOf(settings);
  const verdict = acceptsParts('A correlation study', space);
  if (space.parts === null) throw new LabError('config-invalid', String(verdict));
  const parts = space.parts.space;
  const random = (name: string, stage: number) =>
    createRandom(search.seed, 'study-region', name, stage);
  return settings.candidates.map((count, stage) => {
    if (kind === 'depth-stratified') {
      return parts.spread(count, random('depth', stage)).map(({ id }) => id);
    }
    const taken = new Set<PartId>();
    const draws = random('random', stage);
    return Array.from({ length: count }, () => drawSample(parts, taken, 'initial', draws).id);
  });
}

/**
 * The region that a run searched in one of its generations (from 0), for the settings of a study.
 * @throws LabError `usage` if the log has no such generation, `config-invalid` if it does not fit.
 */
export function regionOfGeneration(log: RunLog, generation: number, run: RunConfig): Region {
  const starts = log.events.flatMap((event) => {
    const job = event.type === 'round/started' ? event.jobs[0] : undefined;
    if (event.type !== 'round/started' || job?.kind !== 'rank') return [];
    return [{ generation: event.round, region: job.region }];
  });
  const found = starts.findLast((start) => start.generation === generation);
  if (!found) {
    const last = starts.at(-1)?.generation;
    const has = last === undefined ? 'has none yet' : `has generations 0 to ${last}`;
    const message = `“${log.title}” has no generation ${generation}: it ${has}.`;
    throw new LabError('usage', message, { generation });
  }
  const issues = regionIssues(found.region, run);
  if (issues.length === 0) return found.region;
  const why = issues.map(describeIssue).join('; ');
  const message = `The region of generation ${generation} of “${log.title}” does not fit these settings: ${why}.`;
  throw new LabError('config-invalid', message, { issues: issues.map((one) => ({ ...one })) });
}

export interface StudyRequest {
  /** A region of one's own; drawn as `origin` says unless given. */
  readonly region?: Region;
  /** Where the region comes from; cells of every depth unless given. */
  readonly origin?: RegionOrigin;
  readonly variants?: readonly SupernetVariant[];
  readonly steps?: number;
  readonly checkpoints?: number;
  readonly proxies?: boolean;
}

function requestedRegion({ region, origin }: StudyRequest, run: RunConfig): Region {
  if (region) return region;
  if (origin?.kind !== 'generation') return regionFor(origin?.kind ?? 'depth-stratified', run);
  const message = `The region of generation ${origin.generation} has to be read from the log of its run.`;
  throw new LabError('usage', message, { generation: origin.generation });
}

/**
 * A study of the task, space and training of a run.
 * @throws LabError `config-invalid` if it cannot run, `usage` for the region of a generation that is
 * not given with it (`regionOfGeneration`).
 */
export function studyConfig(run: RunConfig, request: StudyRequest = {}): StudyConfig {
  const variants = request.variants ?? defaultVariants(run);
  const fewest = Math.min(...variants.map(({ supernet }) => supernet.steps));
  return parseStudyConfig({
    run,
    region: requestedRegion(request, run),
    origin: request.origin ?? { kind: 'depth-stratified' },
    variants,
    steps: request.steps ?? run.supernet.steps,
    checkpoints: request.checkpoints ?? Math.max(0, Math.min(DEFAULT_CHECKPOINTS, fewest - 1)),
    proxies: request.proxies ?? true,
  });
}

/** A readout costs about as much as training the supernet does, so there are few. */
const DEFAULT_CHECKPOINTS = 2;

const AMOUNTS: { readonly [preset: string]: StudyAmount } = {
  smoke: { architectures: 8, seeds: 1, supernets: 1 },
  quick: { architectures: 25, seeds: 2, supernets: 1 },
  study: { architectures: 25, seeds: 4, supernets: 3 },
  paper: { architectures: 25, seeds: 1, supernets: 1 },
};

/** The usual amount for the preset of a study, as far as its region goes. */
export function defaultAmount({ run, region }: StudyConfig): StudyAmount {
  const usual = AMOUNTS[run.preset] ?? AMOUNTS.quick!;
  return clampAmount(region, usual);
}

/** The amount with no more architectures than the region holds, and at least three. */
export function clampAmount(region: Region, amount: StudyAmount): StudyAmount {
  const most = Math.min(distinctCount(region), MOST_ARCHITECTURES);
  const architectures = Math.min(most, Math.max(FEWEST_ARCHITECTURES, amount.architectures));
  return { ...amount, architectures };
}

/**
 * A run's settings with enough candidates for a study: the `smoke` preset has two cells a stage, which
 * make four architectures; three make nine. Other presets stay as they are.
 */
export function forStudy(run: RunConfig): RunConfig {
  const { candidates } = run.space;
  const architectures = candidates.reduce((count, k) => count * k, 1);
  return run.preset === 'smoke' && architectures < 8
    ? resolveOver(run, { space: { candidates: candidates.map(() => 3) } })
    : run;
}
