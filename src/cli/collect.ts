/** Gathers a log's events into the figures of each generation: what `search` and `info` print. */
import type { RankedArchitecture, RunEvent } from '../core/run/events.ts';

export interface GenerationSummary {
  readonly index: number;
  /** Edge masks, `[stage][candidate]`. */
  readonly region: readonly (readonly number[])[];
  readonly weights: readonly (readonly number[])[];
  readonly ranks: readonly (readonly number[])[];
  readonly best: {
    readonly architecture: string;
    readonly masks: readonly number[];
    readonly score: number;
  } | null;
  readonly loss: number;
  readonly accuracy: number;
  readonly milliseconds: number;
  readonly steps: number;
}

/** `best` as printed; `name` gives an architecture's id. */
function bestOf(best: RankedArchitecture | undefined, name: (masks: readonly number[]) => string) {
  if (!best) return null;
  return { architecture: name(best.masks), masks: best.masks, score: best.score };
}

export type NameArchitecture = (vertices: number, masks: readonly number[]) => string;

/** One summary a ranked generation, in order. */
export function collectGenerations(
  events: readonly RunEvent[],
  nameArchitecture: NameArchitecture,
): GenerationSummary[] {
  const summaries: GenerationSummary[] = [];
  let started: Extract<RunEvent, { type: 'generation/started' }> | null = null;
  for (const event of events) {
    if (event.type === 'generation/started') started = event;
    if (event.type !== 'generation/ranked' || started?.generation !== event.generation) continue;
    const { region } = started;
    summaries.push({
      index: event.generation,
      region: region.stages,
      weights: event.weights,
      ranks: event.ranks,
      best: bestOf(event.best[0], (masks) => nameArchitecture(region.vertices, masks)),
      loss: event.loss,
      accuracy: event.accuracy,
      milliseconds: Math.round(event.wall - started.wall),
      steps: event.steps,
    });
  }
  return summaries;
}

/** How a log ends. */
export function outcomeOf(events: readonly RunEvent[]): string {
  const last = events.at(-1);
  switch (last?.type) {
    case undefined:
      return 'empty';
    case 'run/finished':
      return 'finished';
    case 'run/failed':
      return `failed: ${last.error.message}`;
    case 'run/paused':
      return `paused in generation ${last.generation + 1} at step ${last.step}`;
    default:
      return 'unfinished';
  }
}
