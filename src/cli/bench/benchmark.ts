/** What the benchmarks of the command line share: their form, their options, and how they print. */
import type { BenchBackend, BenchRequest } from '../../core/bench/requests.ts';
import type { BenchResult } from '../../core/bench/results.ts';
import { tableMarkdown, tableOf, tableText } from '../../core/bench/tables.ts';
import type { CommandSpec, ParsedArgs } from '../args.ts';

/** A headless browser that measures. */
export interface Chromium {
  /** Results of the requests in order; null where it lacks the backend. */
  measure(
    backend: BenchBackend,
    requests: readonly BenchRequest[],
    tell: (line: string) => void,
  ): Promise<readonly BenchResult[] | null>;
}

/** What a benchmark finds outside. */
export interface BenchIo {
  readonly projectRoot: string;
  readonly chromium: Chromium;
  /** Builds the program of a thread that trains, and gives its path. */
  readonly runnerProgram: () => Promise<string>;
  /** The same for a thread that shares the steps of this one. */
  readonly teamProgram: () => Promise<string>;
  out(line: string): void;
  err(line: string): void;
}

export interface Benchmark {
  readonly spec: CommandSpec;
  readonly run: (args: ParsedArgs, io: BenchIo) => Promise<void>;
}

export const repeatsOption = (usual: number) =>
  ({
    kind: 'integer',
    name: 'repeats',
    minimum: 1,
    maximum: 1000,
    help: `Timed rounds; ${usual} unless given.`,
  }) as const;

export const jsonOption = {
  kind: 'flag',
  name: 'json',
  help: 'Print one JSON object.',
} as const;

/** As docs/performance.md has its tables. */
export const markdownOption = {
  kind: 'flag',
  name: 'markdown',
  help: 'Print the tables as Markdown.',
} as const;

export const noGpuOption = { kind: 'flag', name: 'no-gpu', help: 'Leave out WebGPU.' } as const;

export const PLACES = ['node', 'chromium', 'both'] as const;

export const inOption = {
  kind: 'text',
  name: 'in',
  value: 'place',
  choices: PLACES,
  help: 'Where to measure; WebGPU is measured in Chromium only. Both unless given.',
} as const;

/** Whether `--in` asks for a place. */
export function wants(args: ParsedArgs, place: 'node' | 'chromium'): boolean {
  const asked = args.text('in') ?? 'both';
  return asked === 'both' || asked === place;
}

/** A result and where it comes from, which a table does not say by itself. */
export interface Found {
  readonly where: 'node' | 'chromium';
  readonly result: BenchResult;
}

/** `{results: […]}`, or tables as Markdown or for the terminal. */
export function print(found: readonly Found[], args: ParsedArgs, io: BenchIo): void {
  if (args.flag('json')) {
    const results = found.map(({ where, result }) => ({ where, ...result }));
    io.out(JSON.stringify({ results }));
    return;
  }
  for (const { where, result } of found) {
    const table = tableOf(result);
    const caption = `${table.caption}, in ${where === 'node' ? 'Node' : 'Chromium'}`;
    const format = args.flag('markdown') ? tableMarkdown : tableText;
    io.out(`${format({ ...table, caption })}\n`);
  }
}
