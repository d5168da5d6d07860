/** Everything that was measured on one machine, to be copied into a document or an issue. */
import { BENCHMARKS, type BenchBackend } from './requests.ts';
import type { BenchmarkId, BenchResult } from './results.ts';
import { tableMarkdown, tableOf } from './tables.ts';

/** What a page may know of the machine. */
export interface Machine {
  readonly browser: string;
  /** Logical cores; null if the browser does not say. */
  readonly cores: number | null;
}

/** A benchmark that could not be measured. */
export interface Missed {
  readonly benchmark: BenchmarkId;
  readonly backend: BenchBackend;
  readonly why: string;
}

export interface BenchReport {
  readonly machine: Machine;
  readonly results: readonly BenchResult[];
  readonly missed: readonly Missed[];
}

export function benchmarkLabel(id: BenchmarkId): string {
  return BENCHMARKS.find((one) => one.id === id)?.label ?? id;
}

export function reportMarkdown({ machine, results, missed }: BenchReport): string {
  const cores = machine.cores === null ? '' : `, ${machine.cores} cores`;
  const tables = results.map((result) => tableMarkdown(tableOf(result)));
  const gaps = missed.map(
    ({ benchmark, backend, why }) => `${benchmarkLabel(benchmark)} on ${backend}: ${why}`,
  );
  return `${[`Measured in ${machine.browser}${cores}.`, ...tables, ...gaps].join('\n\n')}\n`;
}

export const reportJson = (report: BenchReport): string => `${JSON.stringify(report, null, 2)}\n`;
