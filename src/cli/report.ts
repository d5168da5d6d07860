/** Human output of a search: a line a generation on stdout, progress and time left on stderr. */
import { formatDecimal, formatPercent, formatRoughly, plainMinus } from '../core/format.ts';
import type { Cost } from '../core/method/jobs.ts';
import { budgetOf } from '../core/run/budget.ts';
import type { RunConfig } from '../core/run/config.ts';
import type { JobProgress, RunEvent } from '../core/run/events.ts';
import {
  appendEvent,
  currentRound,
  EMPTY_VIEW,
  type RoundView,
  type RunView,
  roundSteps,
  type TimeRange,
} from '../core/run/reducer.ts';
import { roundWord } from '../core/run/rounds.ts';
import { type GenerationSummary, generationOf } from './collect.ts';
import type { Io } from './io.ts';

const BAR = 24;

export function bar(done: number, total: number): string {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const full = Math.round(share * BAR);
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${percent} %`;
}

export function describeRange(range: TimeRange): string {
  const low = formatRoughly(range.low);
  const high = formatRoughly(range.high);
  return low === high ? `about ${low} left` : `${low} to ${high} left`;
}

/** One line about where a run stands, and the share of its work that is done. */
function progressLine(view: RunView, event: JobProgress): { line: string; share: number } {
  const { config } = view;
  const round = currentRound(view);
  if (!config || !round) return { line: '', share: 0 };
  const { done, all } = roundSteps(round, config);
  const rounds = config.search.generations;
  const share = rounds > 0 ? (event.round + done / all) / rounds : budgetShare(view, config);
  const range = view.eta.run;
  const line = [
    bar(share, 1),
    `${roundWord(config)} ${event.round + 1}${rounds > 0 ? ` of ${rounds}` : ''}`,
    round.jobs.length > 1 ? `job ${event.job + 1}/${round.jobs.length}` : '',
    `step ${event.step}/${event.steps}`,
    `loss ${formatDecimal(event.loss)}`,
    range === null ? '' : describeRange(range),
  ].filter((part) => part !== '');
  return { line: line.join('  '), share };
}

/** How much of the tightest limit is gone. */
function budgetShare({ spent, rounds }: RunView, { search }: RunConfig): number {
  const shares = budgetOf(search, spent, rounds.length).map(
    ({ limit, spent: gone }) => gone / limit,
  );
  return Math.max(0, ...shares);
}

/** Follows a run and shows how far it is. Without a terminal: a line a tenth, or none if quiet. */
export class Progress {
  private latest = EMPTY_VIEW;
  private shownTenth = -1;
  private readonly io: Io;
  private readonly quiet: boolean;

  constructor(io: Io, quiet: boolean) {
    this.io = io;
    this.quiet = quiet;
  }

  /** The run as far as it was followed. */
  get view(): RunView {
    return this.latest;
  }

  follow(event: RunEvent): void {
    this.latest = appendEvent(this.latest, event);
    if (event.type !== 'job/progress') return;
    const { line, share } = progressLine(this.latest, event);
    if (this.io.status) {
      this.io.status(line);
      return;
    }
    const tenth = Math.floor(10 * share);
    if (this.quiet || tenth === this.shownTenth) return;
    this.shownTenth = tenth;
    this.io.err(line);
  }
}

export const formatNumbers = (values: readonly number[], digits = 3) =>
  plainMinus(values.map((value) => formatDecimal(value, digits)).join(' '));

/** A generation in a few lines. */
function describeGeneration(summary: GenerationSummary): string {
  const head = [
    `generation ${summary.index + 1}`,
    `accuracy ${formatPercent(summary.accuracy)}`,
    `loss ${formatDecimal(summary.loss)}`,
    `${formatDecimal(summary.milliseconds / 1000, 1)} s`,
  ].join('  ');
  const stages = summary.region.map((cells, s) => {
    const weights = formatNumbers(summary.weights[s] ?? []);
    return `  stage ${s + 1}  cells ${cells.join(' ')}  weights ${weights}`;
  });
  const best = summary.best === null ? [] : [`  best ${summary.best.architecture}`];
  return [head, ...stages, ...best].join('\n');
}

const accuracyText = (accuracy: number | null) =>
  accuracy === null ? 'diverged' : `${(100 * accuracy).toFixed(2)} %`;

/** Any round in a few lines. */
export function describeRound(round: RoundView): string {
  const generation = generationOf(round);
  if (generation) return describeGeneration(generation);
  const lines = round.jobs.flatMap(({ job, result }) =>
    job.kind === 'evaluate' && result
      ? [`  ${job.id}  ${job.origin.kind}  ${accuracyText(result.accuracy)}`]
      : [],
  );
  const { incumbent } = round;
  const best = incumbent ? [`  best ${incumbent.id}  ${accuracyText(incumbent.accuracy)}`] : [];
  return [`round ${round.index + 1}`, ...lines, ...best].join('\n');
}

/** The last round of a run in a few lines. */
export function describeLatest({ rounds }: RunView): string {
  const last = rounds.at(-1);
  return last ? describeRound(last) : '';
}

const UNITS = { rounds: 'rounds', macs: 'MACs', evaluations: 'evaluations' } as const;

const amount = (value: number) => (value < 1e6 ? String(value) : value.toExponential(2));

/** What was spent, and what is left of each limit. */
export function describeSpent(cost: Cost, { search }: RunConfig, rounds: number): string[] {
  const spent = `spent ${cost.steps} steps, ${amount(cost.macs)} MACs, ${cost.evaluations} evaluations`;
  const left = budgetOf(search, cost, rounds).map(
    ({ unit, limit, spent: gone }) =>
      `${amount(Math.max(0, limit - gone))} of ${amount(limit)} ${UNITS[unit]} left`,
  );
  return left.length > 0 ? [spent, left.join(', ')] : [spent];
}
