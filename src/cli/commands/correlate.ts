/** `correlate`: how well rankers order the architectures of a region that are also trained alone. */
import { resolve } from 'node:path';
import { fromErrorRecord, LabError } from '../../core/errors.ts';
import { logDigest } from '../../core/log/digest.ts';
import { type ExecutorId, executorNeeds } from '../../core/run/executors.ts';
import type { StudyEvent, StudyStarted } from '../../core/study/events.ts';
import { STUDY_LOG } from '../../core/study/log.ts';
import { reduceStudy } from '../../core/study/reducer.ts';
import { executorOf } from '../../engine/executors/choose.ts';
import { inlineRunner, type Runner } from '../../engine/study/runners.ts';
import { runStudy, type StudyOptions } from '../../engine/study/runStudy.ts';
import { otherVersionNote } from '../../engine/version.ts';
import type { ParsedArgs } from '../args.ts';
import {
  backendFrom,
  backendOption,
  describeBackend,
  executorFrom,
  gateOf,
  type Host,
  openHost,
  outputPath,
} from '../host.ts';
import { type Command, EXIT, type Io, printJson } from '../io.ts';
import { defaultWorkers, threadRunners } from '../runners.ts';
import { StudyFile } from '../study/files.ts';
import { reusedFrom, STUDY_OPTIONS, type StudyTask, studyFrom } from '../study/options.ts';
import { StudyProgressLine } from '../study/progress.ts';
import { summarise, summaryJson } from '../study/summary.ts';
import { describeSummary } from '../study/table.ts';

/** What trains: as the study began, or the fastest. */
function executorFor({ config, log }: StudyTask, args: ParsedArgs): ExecutorId {
  const begun = headerOf(log)?.executor ?? null;
  return executorOf('study', executorNeeds(config.run), begun, executorFrom(args));
}

async function openRunners(
  { config }: StudyTask,
  executor: ExecutorId,
  host: Host,
  args: ParsedArgs,
  io: Io,
) {
  const { projectRoot, clock } = io;
  const workers = args.integer('workers') ?? defaultWorkers();
  const inline = (): Runner[] => [
    inlineRunner({ config, task: host.task, executor, gate: gateOf(io.signal), clock }),
  ];
  // A GPU is shared by all threads: one after the other is as fast.
  if (workers === 1 || host.backend.name === 'webgpu' || !io.runnerProgram) return inline();
  const setup = { config, backend: host.backend.name, executor, projectRoot };
  return threadRunners(workers, await io.runnerProgram(), setup);
}

function headerOf(log: StudyTask['log']): StudyStarted | null {
  const [header] = log?.events ?? [];
  return header?.type === 'study/started' ? header : null;
}

/** Where the log of a study left off decides where it goes on. */
async function hostOf({ config, log }: StudyTask, args: ParsedArgs, io: Io): Promise<Host> {
  const before = headerOf(log);
  const wanted = args.text('backend') === undefined ? before?.backend.name : undefined;
  const host = await openHost(config.run, wanted ?? backendFrom(args), io.projectRoot, io.signal);
  if (before && before.datasetDigest !== host.dataset.digest) {
    throw new LabError(
      'dataset-unavailable',
      `This study was made on other images (${before.datasetDigest.slice(0, 12)}…) than those here (${host.dataset.digest.slice(0, 12)}…). Start a new study, or restore the data set.`,
    );
  }
  return host;
}

/** Measures until all is there, it fails, or it is interrupted. What is measured is always saved. */
async function measure(
  options: StudyOptions,
  file: StudyFile,
  io: Io,
): Promise<{ events: StudyEvent[]; failure: unknown }> {
  const events = [...options.events];
  const progress = new StudyProgressLine(io, reduceStudy(events));
  let failure: unknown = null;
  try {
    for await (const step of runStudy(options)) {
      if (!('type' in step)) {
        progress.jobs(step.jobs);
        continue;
      }
      events.push(step);
      progress.event(step);
      if (step.type === 'study/failed') failure = fromErrorRecord(step.error);
      await file.grow(events);
    }
  } catch (thrown) {
    failure = thrown;
  }
  return { events, failure };
}

function print(events: readonly StudyEvent[], args: ParsedArgs, io: Io): void {
  const view = reduceStudy(events);
  const summary = summarise(view);
  const digest = logDigest(STUDY_LOG, events);
  if (!summary) return;
  if (args.flag('json')) {
    const { backend, amount, config } = view;
    printJson(io, { digest, backend, amount, config, ...summaryJson(summary) });
    return;
  }
  for (const line of describeSummary(summary)) io.out(line);
  io.out(`digest ${digest}`);
}

export const correlateCommand: Command = {
  spec: {
    name: 'correlate',
    summary: 'Trains architectures alone and says how well each ranker orders them.',
    positional: [],
    optional: ['run.jsonl.gz'],
    options: [
      ...STUDY_OPTIONS,
      backendOption,
      {
        kind: 'integer',
        name: 'workers',
        minimum: 1,
        maximum: 64,
        help: 'Threads that train; one less than there are cores unless given. The result is the same.',
      },
      {
        kind: 'text',
        name: 'out',
        value: 'study.jsonl.gz',
        help: 'Where to save the log, while it grows; the lab opens it.',
      },
      {
        kind: 'text',
        name: 'resume',
        value: 'study.jsonl.gz',
        help: 'Goes on with a study, or adds to it: --architectures, --seeds, --supernets. Saved in place unless --out is given.',
      },
      { kind: 'flag', name: 'json', help: 'Print {truth, rankers, …}.' },
    ],
  },
  async run(args, io) {
    const task = await studyFrom(args, io);
    const known = await reusedFrom(args, task.config, io);
    const resumed = args.text('resume');
    const path =
      (await outputPath(args, io)) ?? (resumed === undefined ? null : resolve(io.cwd, resumed));
    const host = await hostOf(task, args, io);
    if (!args.flag('json')) io.err(describeBackend(host.backend));
    const { config, amount, log } = task;
    const executor = executorFor(task, args);
    const note = otherVersionNote('study', headerOf(log));
    if (note) io.err(note);
    const runners = await openRunners(task, executor, host, args, io);
    const file = new StudyFile(path, config, log, io.clock);
    try {
      const { events, failure } = await measure(
        {
          config,
          amount,
          extra: [],
          datasetDigest: host.dataset.digest,
          backend: host.backend,
          executor,
          events: log?.events ?? [],
          known,
          runners,
          clock: io.clock,
          signal: io.signal,
        },
        file,
        io,
      );
      const saved = await file.save(events);
      if (saved !== null) io.err(`log: ${saved}`);
      if (failure !== null) throw failure;
      print(events, args, io);
      return EXIT.done;
    } finally {
      for (const runner of runners) runner.dispose();
    }
  },
};
