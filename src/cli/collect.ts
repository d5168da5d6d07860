/** Gathers a run into the figures of each round: what `search` and `info` print. */
import type { Cost, Incumbent } from '../core/method/jobs.ts';
import { addCosts, NO_COST } from '../core/method/jobs.ts';
import type { StageTable } from '../core/ranks.ts';
import type { Region } from '../core/region.ts';
import type { RunEvent } from '../core/run/events.ts';
import type { RoundView, RunView } from '../core/run/reducer.ts';
import { regionOfRound } from '../core/run/regionView.ts';
import { roundWord } from '../core/run/rounds.ts';

/** A round of a region search. */
export interface GenerationSummary {
  readonly index: number;
  /** Ids of cells, `[stage][candidate]`. */
  readonly region: Region;
  readonly weights: StageTable;
  readonly ranks: StageTable;
  readonly best: { readonly architecture: string; readonly score: number } | null;
  readonly loss: number;
  readonly accuracy: number;
  readonly milliseconds: number;
  readonly steps: number;
}

/** Any round: what was asked for, what it took, and what the method would hand out after it. */
export interface RoundSummary {
  readonly index: number;
  readonly jobs: readonly (
    | { readonly kind: 'rank'; readonly region: Region }
    | {
        readonly kind: 'evaluate';
        readonly id: string;
        readonly accuracy: number | null;
        readonly loss: number | null;
      }
  )[];
  readonly cost: Cost;
  readonly incumbent: Incumbent | null;
}

/** The figures of a ranked generation; null for any other round. */
export function generationOf(round: RoundView): GenerationSummary | null {
  const view = regionOfRound(round);
  if (!view?.ranked) return null;
  const { region, ranked } = view;
  const [best] = ranked.best;
  const { weights, ranks, loss, accuracy } = ranked;
  return {
    index: round.index,
    region,
    weights,
    ranks,
    best: best ? { architecture: best.id, score: best.score } : null,
    loss,
    accuracy,
    milliseconds: Math.round(round.wallEnd - round.wall),
    steps: round.jobs[0]?.cost?.steps ?? 0,
  };
}

/** One summary a ranked generation, in order; none for searches without regions. */
export function collectGenerations({ rounds }: RunView): GenerationSummary[] {
  return rounds.flatMap((round) => generationOf(round) ?? []);
}

/** What all results of a round took. */
export const roundCost = ({ jobs }: RoundView): Cost =>
  jobs.reduce((sum, { cost }) => addCosts(sum, cost ?? NO_COST), NO_COST);

/** One summary a round, in order. */
export function collectRounds({ rounds }: RunView): RoundSummary[] {
  return rounds.map((round) => ({
    index: round.index,
    jobs: round.jobs.map(({ job, result }) =>
      job.kind === 'rank'
        ? { kind: 'rank', region: job.region }
        : {
            kind: 'evaluate',
            id: job.id,
            accuracy: result?.accuracy ?? null,
            loss: result?.loss ?? null,
          },
    ),
    cost: roundCost(round),
    incumbent: round.incumbent,
  }));
}

/** How a log ends. */
export function outcomeOf(events: readonly RunEvent[]): string {
  const [first] = events;
  const last = events.at(-1);
  switch (last?.type) {
    case undefined:
      return 'empty';
    case 'run/finished':
      return 'finished';
    case 'run/failed':
      return `failed: ${last.error.message}`;
    case 'run/paused':
      return `paused in ${roundWord(first?.type === 'run/started' ? first.config : null)} ${last.round + 1} at step ${last.step}`;
    default:
      return 'unfinished';
  }
}
