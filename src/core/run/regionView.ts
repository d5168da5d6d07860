/** A round of a region search, from its one job: what the charts of regions draw. */
import type { Origin, RankResult } from '../method/jobs.ts';
import type { StageTable } from '../ranks.ts';
import type { Region } from '../region.ts';
import type { RankProgress } from './events.ts';
import type { RoundView, RunView } from './reducer.ts';

export interface RegionView {
  /** Of the round. */
  readonly index: number;
  readonly round: RoundView;
  readonly region: Region;
  /** Why each candidate was born, `[stage][candidate]`. */
  readonly origins: readonly (readonly Origin[])[];
  readonly progress: readonly RankProgress[];
  readonly ranked: RankResult | null;
  /** Latest architecture weights; null before the first report. */
  readonly weights: StageTable | null;
}

/** Null if the round asked for anything else than the ranks of one region. */
export function regionOfRound(round: RoundView): RegionView | null {
  const [only, ...more] = round.jobs;
  if (only?.job.kind !== 'rank' || more.length > 0) return null;
  const { region, origins } = only.job;
  const progress = only.progress.filter((event) => event.kind === 'rank');
  const ranked = only.result?.kind === 'rank' ? only.result : null;
  const weights = ranked?.weights ?? progress.at(-1)?.weights ?? null;
  return { index: round.index, round, region, origins, progress, ranked, weights };
}

/** Every region that a run has searched, in order. */
export function regionsOf({ rounds }: RunView): readonly RegionView[] {
  return rounds.flatMap((round) => regionOfRound(round) ?? []);
}

/** The region the view stands in; null before the first, and in searches without regions. */
export function currentRegion({ rounds, current }: RunView): RegionView | null {
  const round = rounds[current];
  return round ? regionOfRound(round) : null;
}
