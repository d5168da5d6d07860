/** `info`: what a saved log holds. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LabError } from '../../core/errors.ts';
import { logDigest } from '../../core/log/digest.ts';
import { unpackLog } from '../../core/log/file.ts';
import type { RunLog } from '../../core/run/events.ts';
import { RUN_LOG } from '../../core/run/log.ts';
import { type RunView, reduceLog } from '../../core/run/reducer.ts';
import { collectGenerations, collectRounds, outcomeOf } from '../collect.ts';
import { type Command, EXIT, type Io, printJson } from '../io.ts';
import { describeRound, describeSpent } from '../report.ts';

async function readLog(file: string, io: Io): Promise<RunLog> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(resolve(io.cwd, file));
  } catch {
    throw new LabError(
      'usage',
      `${file} cannot be read. Allowed: a log saved by search or the lab.`,
    );
  }
  return unpackLog(RUN_LOG, bytes, file);
}

function summarise(log: RunLog, view: RunView) {
  const { header } = view;
  return {
    id: log.id,
    title: log.title,
    createdAt: log.createdAt,
    digest: logDigest(RUN_LOG, log.events),
    outcome: outcomeOf(log.events),
    events: log.events.length,
    steps: log.events.at(-1)?.at ?? 0,
    milliseconds: Math.round(log.events.at(-1)?.wall ?? 0),
    backend: header?.backend ?? null,
    executor: header?.executor ?? null,
    threads: header?.threads ?? null,
    datasetDigest: header?.datasetDigest ?? null,
    parent: header?.parent ?? null,
    config: header?.config ?? null,
    generations: collectGenerations(view),
    rounds: collectRounds(view),
    cost: view.spent,
    incumbent: view.incumbent,
  };
}

export const infoCommand: Command = {
  spec: {
    name: 'info',
    summary: 'Summarises a saved log.',
    positional: ['run.jsonl.gz'],
    options: [{ kind: 'flag', name: 'json', help: 'Print the summary as JSON.' }],
  },
  async run(args, io) {
    const log = await readLog(args.positional[0] ?? '', io);
    const view = reduceLog(log.events);
    const summary = summarise(log, view);
    if (args.flag('json')) {
      printJson(io, summary);
      return EXIT.done;
    }
    const { config, backend } = summary;
    io.out(`${summary.title} (${summary.createdAt})`);
    io.out(`${summary.outcome}; ${summary.events} events, ${summary.steps} training steps`);
    if (config && backend) {
      io.out(`preset ${config.preset}, ${config.task.dataset}, seed ${config.search.seed}`);
      io.out(`method ${config.method.id}, ranker ${config.ranker.id}, ${backend.name}`);
    }
    for (const round of view.rounds) io.out(describeRound(round));
    if (config) {
      for (const line of describeSpent(summary.cost, config, summary.rounds.length)) io.out(line);
    }
    io.out(`digest ${summary.digest}`);
    return EXIT.done;
  },
};
