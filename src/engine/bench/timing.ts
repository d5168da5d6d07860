/** How everything is timed: warmed up, then in rounds in which each takes its turn. */
import { median } from '../../core/bench/statistics.ts';

/** What a benchmark needs of the thread that it runs on. */
export interface BenchHost {
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Awaited between steps; throws to end the benchmark. */
  readonly gate: () => Promise<void>;
  /** Takes one line about what has just been measured. */
  readonly tell: (line: string) => void;
}

export type Work = () => void | Promise<void>;

/** Milliseconds that the work takes. */
export async function timed({ clock }: BenchHost, work: Work): Promise<number> {
  const since = clock();
  await work();
  return clock() - since;
}

/** Repeats the work for `milliseconds`, and at least `least` times. */
export async function warmUp(
  host: BenchHost,
  work: Work,
  milliseconds: number,
  least: number,
): Promise<void> {
  const until = host.clock() + milliseconds;
  for (let i = 0; i < least || host.clock() < until; i++) {
    await host.gate();
    await work();
  }
}

/**
 * Medians of `repeats` times of each, in milliseconds. All are done once a round, so that a machine
 * that is busy for a while is busy for all of them.
 */
export async function medians(
  host: BenchHost,
  works: readonly Work[],
  repeats: number,
): Promise<number[]> {
  const times = works.map((): number[] => []);
  for (let round = 0; round < repeats; round++) {
    for (const [i, work] of works.entries()) {
      await host.gate();
      times[i]?.push(await timed(host, work));
    }
  }
  return times.map(median);
}

/** Of a figure in a line or a table. */
export const short = (value: number): string => String(Number(value.toPrecision(3)));
