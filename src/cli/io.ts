/** Where a command reads and writes: the process, or a test's arrays. */
import type { CommandSpec, ParsedArgs } from './args.ts';

export interface Io {
  readonly projectRoot: string;
  /** Folder that file arguments are relative to. */
  readonly cwd: string;
  out(line: string): void;
  err(line: string): void;
  /** Rewrites the last line of a terminal; null where there is none. */
  readonly status: ((line: string) => void) | null;
  /** Milliseconds, for display only. */
  clock(): number;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** Builds the program of a thread that trains, and gives its path; null where there is none. */
  readonly runnerProgram: (() => Promise<string>) | null;
  /** The same for a thread that shares the steps of this one. */
  readonly teamProgram: (() => Promise<string>) | null;
}

export interface Command {
  run(args: ParsedArgs, io: Io): Promise<number>;
  readonly spec: CommandSpec;
}

export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** One JSON document on one line. */
export const printJson = (io: Io, value: unknown) => io.out(JSON.stringify(value));
