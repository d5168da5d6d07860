/** What every command that trains needs: a backend, a task, a way to be interrupted, a file to write. */
import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LabError } from '../core/errors.ts';
import type { RunConfig } from '../core/run/config.ts';
import type { BackendInfo } from '../core/run/events.ts';
import { EXECUTORS, type ExecutorPreference } from '../core/run/executors.ts';
import { chooseVariant } from '../data/catalogue.ts';
import { type Dataset, loadDataset } from '../data/load.ts';
import { type BackendPreference, chooseBackend } from '../engine/backend.ts';
import type { Gate } from '../engine/supernet.ts';
import { prepareTask, type Task } from '../engine/task.ts';
import { type ParsedArgs, usageError } from './args.ts';
import type { Io } from './io.ts';
import { backendEnvironment, createNodeSource, readManifest } from './nodeSource.ts';

const BACKENDS: readonly BackendPreference[] = ['auto', 'webgpu', 'wasm', 'cpu'];

const isBackend = (value: string | undefined): value is BackendPreference =>
  BACKENDS.some((known) => known === value);

export const backendOption = {
  kind: 'text',
  name: 'backend',
  value: 'name',
  choices: BACKENDS,
  help: 'Backend to compute with; auto takes the fastest, which is wasm in Node.',
} as const;

export const executorOption = {
  kind: 'text',
  name: 'executor',
  value: 'name',
  choices: ['auto', ...EXECUTORS.map(({ id }) => id)],
  help: 'What trains the networks: auto takes the fastest that supports the settings.',
} as const;

/** The executor asked for, `auto` unless given. */
export function executorFrom(args: ParsedArgs): ExecutorPreference {
  const wanted = args.text('executor');
  return EXECUTORS.find(({ id }) => id === wanted)?.id ?? 'auto';
}

/** The backend asked for, `auto` unless given. */
export function backendFrom(args: ParsedArgs): BackendPreference {
  const wanted = args.text('backend');
  return isBackend(wanted) ? wanted : 'auto';
}

export interface Host {
  readonly backend: BackendInfo;
  readonly dataset: Dataset;
  readonly task: Task;
}

/** Chooses a backend and loads the images of a config. */
export async function openHost(
  config: RunConfig,
  prefer: BackendPreference,
  projectRoot: string,
  signal?: AbortSignal,
): Promise<Host> {
  const { chosen } = await chooseBackend(prefer, backendEnvironment(projectRoot));
  const variant = await chooseVariant(config.task, () => readManifest(projectRoot));
  const source = createNodeSource(projectRoot);
  const dataset = await loadDataset(variant, source, undefined, signal);
  return { backend: chosen, dataset, task: prepareTask(dataset, config) };
}

/** One line about a backend. */
export const describeBackend = ({ name, adapter, reason }: BackendInfo) =>
  `backend: ${name} (${adapter}): ${reason}`;

/** Lets signals, timers and messages through. */
export const yieldToEventLoop = () => new Promise<void>((done) => setImmediate(done));

/** Ends the work at its next step once the command is interrupted. */
export const gateOf =
  (signal: AbortSignal): Gate =>
  async () => {
    await yieldToEventLoop();
    if (signal.aborted) throw new LabError('cancelled', 'The run was interrupted.');
  };

/** The path that `--out` names; refused before the work rather than after it. */
export async function outputPath(args: ParsedArgs, io: Io): Promise<string | null> {
  const out = args.text('out');
  if (out === undefined) return null;
  const path = resolve(io.cwd, out);
  try {
    await access(dirname(path), constants.W_OK);
  } catch {
    throw usageError(`--out: ${out} cannot be written. Allowed: a file in a folder that exists.`);
  }
  return path;
}
