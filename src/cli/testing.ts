/** The command line in a test: a folder of its own, and what it printed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Io } from './io.ts';
import { runCommand } from './main.ts';

const projectRoot = resolve(import.meta.dirname, '../..');

export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CommandLine {
  /** Where commands read and write; there from the first test to the last. */
  folder(): string;
  /** `heard` gets every line of stderr as it is printed. */
  run(
    argv: readonly string[],
    signal?: AbortSignal,
    heard?: (line: string) => void,
  ): Promise<Printed>;
}

/** Call it at the top of a test file. Its clock ticks with every look. Alone unless given a program. */
export function commandLine(teamProgram: Io['teamProgram'] = null): CommandLine {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fade-cli-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return {
    folder: () => folder,
    async run(argv, signal = new AbortController().signal, heard = () => undefined) {
      const out: string[] = [];
      const err: string[] = [];
      let now = 0;
      const code = await runCommand(argv, {
        projectRoot,
        cwd: folder,
        out: (line) => out.push(line),
        err: (line) => {
          err.push(line);
          heard(line);
        },
        status: null,
        clock: () => now++,
        signal,
        runnerProgram: null,
        teamProgram,
      });
      return { code, out: out.join('\n'), err: err.join('\n') };
    },
  };
}
