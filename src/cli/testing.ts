/** The command line in a test: a folder of its own, and what it printed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
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
  run(argv: readonly string[], signal?: AbortSignal): Promise<Printed>;
}

/** Call it at the top of a test file. Its clock ticks with every look. */
export function commandLine(): CommandLine {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fade-cli-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return {
    folder: () => folder,
    async run(argv, signal = new AbortController().signal) {
      const out: string[] = [];
      const err: string[] = [];
      let now = 0;
      const code = await runCommand(argv, {
        projectRoot,
        cwd: folder,
        out: (line) => out.push(line),
        err: (line) => err.push(line),
        status: null,
        clock: () => now++,
        signal,
        laneProgram: null,
      });
      return { code, out: out.join('\n'), err: err.join('\n') };
    },
  };
}
