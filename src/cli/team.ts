/** Threads that share the steps of one training in Node. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { BackendInfo } from '../core/run/events.ts';
import {
  closeTeam,
  openTeam,
  type TeamInfo,
  threadsFor,
} from '../engine/executors/wasm/threadTeam.ts';
import type { ParsedArgs } from './args.ts';
import type { Io } from './io.ts';
import { startThread } from './threads.ts';

export const threadsOption = {
  kind: 'integer',
  name: 'threads',
  minimum: 1,
  maximum: 8,
  help: 'Threads that share every step on WASM; one less than there are cores unless given, but two of two. The result is the same.',
} as const;

/** The threads asked for, or as many as suit this machine. */
const threadsFrom = (args: ParsedArgs) =>
  args.integer('threads') ?? threadsFor(availableParallelism());

/** Opens a team for a command that trains on WASM, where it can; the command closes it. */
export async function openTeamFor(
  backend: BackendInfo,
  args: ParsedArgs,
  { teamProgram, projectRoot, err }: Io,
): Promise<void> {
  const wanted = threadsFrom(args);
  if (backend.name !== 'wasm' || wanted === 1 || !teamProgram) return;
  const { threads, reason } = await openNodeTeam(wanted, await teamProgram(), projectRoot);
  if (!args.flag('json')) err(`threads: ${threads}${reason && `: ${reason}`}`);
}

/** Does `work` with such a team. */
export async function withTeam<T>(
  backend: BackendInfo,
  args: ParsedArgs,
  io: Io,
  work: () => Promise<T>,
): Promise<T> {
  try {
    await openTeamFor(backend, args, io);
    return await work();
  } finally {
    closeTeam();
  }
}

/** Opens a team whose helpers run `program`; the caller closes it. */
export function openNodeTeam(
  threads: number,
  program: string,
  projectRoot: string,
): Promise<TeamInfo> {
  return openTeam({
    threads,
    spawn: () => startThread(program),
    kernels: () => readFile(join(projectRoot, 'src/engine/executors/wasm/kernelsShared.wasm')),
  });
}
