/** `search`: a whole run, from a config to a log. */
import { writeFile } from 'node:fs/promises';
import { fromErrorRecord } from '../../core/errors.ts';
import { logDigest } from '../../core/log/digest.ts';
import { packLog } from '../../core/log/file.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { RunEvent } from '../../core/run/events.ts';
import { RUN_LOG } from '../../core/run/log.ts';
import { closeTeam } from '../../engine/executors/wasm/threadTeam.ts';
import { runSearch } from '../../engine/search.ts';
import type { ParsedArgs } from '../args.ts';
import { collectGenerations, collectRounds, outcomeOf } from '../collect.ts';
import { configFrom, configOptions } from '../configure.ts';
import {
  backendFrom,
  backendOption,
  describeBackend,
  executorFrom,
  executorOption,
  gateOf,
  openHost,
  outputPath,
} from '../host.ts';
import { type Command, EXIT, type Io, printJson } from '../io.ts';
import { describeLatest, describeSpent, Progress } from '../report.ts';
import { openTeamFor, threadsOption } from '../team.ts';

async function* startRun(config: RunConfig, args: ParsedArgs, io: Io): AsyncGenerator<RunEvent> {
  const { backend, dataset, task } = await openHost(
    config,
    backendFrom(args),
    io.projectRoot,
    io.signal,
  );
  if (!args.flag('json')) io.err(describeBackend(backend));
  await openTeamFor(backend, args, io);
  yield* runSearch({
    config,
    task,
    datasetDigest: dataset.digest,
    backend,
    executor: executorFrom(args),
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
      if (event.type === 'round/finished' && !json) io.out(describeLatest(progress.view));
    }
  } catch (thrown) {
    failure = thrown;
  } finally {
    closeTeam();
  }
  return { events, view: progress.view, failure };
}

async function save(events: readonly RunEvent[], config: RunConfig, path: string): Promise<void> {
  const { preset, task, search } = config;
  const bytes = await packLog(RUN_LOG, {
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
      ...configOptions('quick'),
      backendOption,
      executorOption,
      threadsOption,
      {
        kind: 'text',
        name: 'out',
        value: 'run.jsonl.gz',
        help: 'Where to save the log; the lab opens it.',
      },
      {
        kind: 'flag',
        name: 'json',
        help: 'Print {digest, backend, executor, threads, generations, rounds, cost, incumbent}.',
      },
    ],
  },
  async run(args, io) {
    const config = await configFrom(args, io);
    const path = await outputPath(args, io);
    const json = args.flag('json');
    const { events, view, failure } = await follow(startRun(config, args, io), json, io);
    if (path !== null && events.length > 0) {
      await save(events, config, path);
      io.err(`log: ${path} (${outcomeOf(events)})`);
    }
    if (failure !== null) throw failure;
    const digest = logDigest(RUN_LOG, events);
    const { header, backend, spent: cost, incumbent } = view;
    const executor = header?.executor ?? null;
    const threads = header?.threads ?? null;
    const generations = collectGenerations(view);
    const rounds = collectRounds(view);
    if (json) {
      const head = { digest, backend, executor, threads };
      printJson(io, { ...head, generations, rounds, cost, incumbent });
    } else {
      for (const line of describeSpent(cost, config, rounds.length)) io.out(line);
      io.out(`digest ${digest}`);
    }
    return EXIT.done;
  },
};
