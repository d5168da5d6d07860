/** `search`: a whole run, from a config to a log. */
import { access, constants, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { architectureId } from '../../core/architecture.ts';
import { fromErrorRecord, LabError } from '../../core/errors.ts';
import { packLog } from '../../core/run/codec.ts';
import type { RunConfig } from '../../core/run/config.ts';
import { logDigest } from '../../core/run/digest.ts';
import type { RunEvent } from '../../core/run/events.ts';
import { chooseVariant } from '../../data/catalogue.ts';
import { loadDataset } from '../../data/load.ts';
import { chooseBackend } from '../../engine/backend.ts';
import { runSearch } from '../../engine/search.ts';
import { prepareTask } from '../../engine/task.ts';
import { type ParsedArgs, usageError } from '../args.ts';
import { collectGenerations, outcomeOf } from '../collect.ts';
import { CONFIG_OPTIONS, configFrom } from '../configure.ts';
import { type Command, EXIT, type Io, printJson } from '../io.ts';
import { createNodeSource, readManifest, wasmFolder } from '../nodeSource.ts';
import { describeGeneration, Progress } from '../report.ts';
import { backendOption, isBackend } from './check.ts';

const nameArchitecture = (vertices: number, masks: readonly number[]) =>
  architectureId({ vertices, masks });

/** The path to write to; refused before the run rather than after it. */
async function outputPath(args: ParsedArgs, io: Io): Promise<string | null> {
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

/** Lets signals and timers through, and ends the run once it is interrupted. */
const gateOf = (signal: AbortSignal) => async () => {
  await new Promise((done) => setImmediate(done));
  if (signal.aborted) throw new LabError('cancelled', 'The run was interrupted.');
};

async function* startRun(config: RunConfig, args: ParsedArgs, io: Io): AsyncGenerator<RunEvent> {
  const wanted = args.text('backend');
  const { chosen } = await chooseBackend(isBackend(wanted) ? wanted : 'auto', {
    wasmPaths: wasmFolder(io.projectRoot),
  });
  if (!args.flag('json')) io.err(`backend: ${chosen.name} (${chosen.adapter}): ${chosen.reason}`);
  const source = createNodeSource(io.projectRoot);
  const variant = await chooseVariant(config.task, () => readManifest(io.projectRoot));
  const dataset = await loadDataset(variant, source, undefined, io.signal);
  yield* runSearch({
    config,
    task: prepareTask(dataset, config),
    datasetDigest: dataset.digest,
    backend: chosen,
    events: [],
    parent: null,
    clock: io.clock,
    gate: gateOf(io.signal),
    onTraining: () => {},
    checkpoint: null,
  });
}

/** Runs to the end, to a failure or to an interrupt; what there is of the log is never lost. */
async function follow(run: AsyncIterable<RunEvent>, json: boolean, io: Io) {
  const events: RunEvent[] = [];
  const progress = new Progress(io, json);
  let failure: unknown = null;
  try {
    for await (const event of run) {
      events.push(event);
      progress.follow(event);
      if (event.type === 'run/failed') failure = fromErrorRecord(event.error);
      if (event.type !== 'generation/ranked' || json) continue;
      const latest = collectGenerations(events, nameArchitecture).at(-1);
      if (latest) io.out(describeGeneration(latest));
    }
  } catch (thrown) {
    failure = thrown;
  }
  return { events, failure };
}

async function save(events: readonly RunEvent[], config: RunConfig, path: string): Promise<void> {
  const { preset, task, search } = config;
  const bytes = await packLog({
    id: crypto.randomUUID(),
    title: `${preset}, ${task.dataset}, seed ${search.seed}`,
    createdAt: new Date().toISOString(),
    events,
  });
  await writeFile(path, bytes);
}

export const searchCommand: Command = {
  spec: {
    name: 'search',
    summary: 'Runs a search and prints its generations.',
    positional: [],
    options: [
      ...CONFIG_OPTIONS,
      backendOption,
      {
        kind: 'text',
        name: 'out',
        value: 'run.jsonl.gz',
        help: 'Where to save the log; the lab opens it.',
      },
      { kind: 'flag', name: 'json', help: 'Print {digest, backend, generations}.' },
    ],
  },
  async run(args, io) {
    const config = await configFrom(args, io);
    const path = await outputPath(args, io);
    const json = args.flag('json');
    const { events, failure } = await follow(startRun(config, args, io), json, io);
    if (path !== null && events.length > 0) {
      await save(events, config, path);
      io.err(`log: ${path} (${outcomeOf(events)})`);
    }
    if (failure !== null) throw failure;
    const digest = logDigest(events);
    const backend = events[0]?.type === 'run/started' ? events[0].backend : null;
    const generations = collectGenerations(events, nameArchitecture);
    if (json) printJson(io, { digest, backend, generations });
    else io.out(`digest ${digest}`);
    return EXIT.done;
  },
};
