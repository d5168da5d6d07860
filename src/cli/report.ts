/** Human output of a search: a line a generation on stdout, progress and time left on stderr. */
import { formatDecimal, formatPercent, formatRoughly, plainMinus } from '../core/format.ts';
import type { RunEvent, SupernetProgress } from '../core/run/events.ts';
import { appendEvent, EMPTY_VIEW, type RunView, type TimeRange } from '../core/run/reducer.ts';
import type { GenerationSummary } from './collect.ts';
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

/** One line about where a run stands, and how many of its steps are done. */
function progressLine(view: RunView, event: SupernetProgress): { line: string; share: number } {
  const { search, ranker } = view.config ?? {
    search: { generations: 1 },
    ranker: { supernets: 1 },
  };
  const all = search.generations * ranker.supernets * event.steps;
  const before = event.generation * ranker.supernets + event.supernet;
  const done = before * event.steps + event.step;
  const range = view.eta.run;
  const line = [
    bar(done, all),
    `generation ${event.generation + 1} of ${search.generations}`,
    `step ${event.step}/${event.steps}`,
    `loss ${formatDecimal(event.loss)}`,
    range === null ? '' : describeRange(range),
  ].join('  ');
  return { line, share: done / all };
}

/** Follows a run and shows how far it is. Without a terminal: a line a tenth, or none if quiet. */
export class Progress {
  private view = EMPTY_VIEW;
  private shownTenth = -1;
  private readonly io: Io;
  private readonly quiet: boolean;

  constructor(io: Io, quiet: boolean) {
    this.io = io;
    this.quiet = quiet;
  }

  follow(event: RunEvent): void {
    this.view = appendEvent(this.view, event);
    if (event.type !== 'supernet/progress') return;
    const { line, share } = progressLine(this.view, event);
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
export function describeGeneration(summary: GenerationSummary): string {
  const head = [
    `generation ${summary.index + 1}`,
    `accuracy ${formatPercent(summary.accuracy)}`,
    `loss ${formatDecimal(summary.loss)}`,
    `${formatDecimal(summary.milliseconds / 1000, 1)} s`,
  ].join('  ');
  const stages = summary.region.map((masks, s) => {
    const weights = formatNumbers(summary.weights[s] ?? []);
    return `  stage ${s + 1}  cells ${masks.join(' ')}  weights ${weights}`;
  });
  const best = summary.best === null ? [] : [`  best ${summary.best.architecture}`];
  return [head, ...stages, ...best].join('\n');
}
