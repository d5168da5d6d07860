/** From the options of `correlate` to a study: its config, how much is measured, and where it goes on. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { unpackLog } from '../../core/log/file.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { RunLog } from '../../core/run/events.ts';
import { RUN_LOG } from '../../core/run/log.ts';
import { presetConfig } from '../../core/run/resolve.ts';
import type { StudyAmount, StudyConfig, SupernetVariant } from '../../core/study/config.ts';
import {
  defaultAmount,
  defaultVariants,
  forStudy,
  regionOfGeneration,
  type StudyRequest,
  studyConfig,
} from '../../core/study/defaults.ts';
import type { StudyLog } from '../../core/study/events.ts';
import { STUDY_LOG } from '../../core/study/log.ts';
import { reduceStudy } from '../../core/study/reducer.ts';
import { type KnownTrainings, offeredTrainings } from '../../core/study/reuse.ts';
import { wantedArchitectures } from '../../core/study/select.ts';
import { parseStudyAmount, STUDY_BOUNDS } from '../../core/study/validate.ts';
import { type OptionSpec, type ParsedArgs, unknownWord, usageError } from '../args.ts';
import { configFrom, configOptions } from '../configure.ts';
import { executorOption } from '../host.ts';
import type { Io } from '../io.ts';

const bounded = (name: keyof typeof STUDY_BOUNDS, help: string): OptionSpec => {
  const [minimum, maximum] = STUDY_BOUNDS[name];
  return { kind: 'integer', name, minimum, maximum, help };
};

/** Decide what is measured: fixed once a study has begun. */
const CONFIG: readonly OptionSpec[] = [
  ...configOptions('study'),
  {
    kind: 'text',
    name: 'region',
    value: 'kind',
    choices: ['depth-stratified', 'random', 'from'],
    help: 'Cells of every depth (unless given), cells by density, or, with `from run.jsonl.gz`, the cells that a run searched.',
  },
  {
    kind: 'integer',
    name: 'generation',
    minimum: 0,
    maximum: 1_000_000,
    help: 'Whose cells `--region from` takes, counted from 0; the last unless given.',
  },
  {
    kind: 'text',
    name: 'variants',
    value: 'ids',
    help: 'Ways to train a supernet, the main one first, e.g. gumbel,softmax; all unless given.',
  },
  bounded('steps', 'Steps of an architecture trained alone; as many as the supernet unless given.'),
  bounded('checkpoints', 'Readouts of each supernet before its last step.'),
  executorOption,
];

/** Decide how much: may grow. */
const AMOUNT: readonly OptionSpec[] = [
  {
    kind: 'text',
    name: 'architectures',
    value: 'N|all',
    help: 'Architectures trained alone, from 3; the usual number of the preset unless given.',
  },
  bounded('seeds', 'Trainings of each architecture.'),
  bounded('supernets', 'Supernets of each variant.'),
];

const REUSE: OptionSpec = {
  kind: 'text',
  name: 'reuse',
  value: 'study.jsonl.gz',
  repeated: true,
  help: 'A study whose trainings alone are taken over where they are the very same: same task, space, training, seeds and images. Repeatable.',
};

export const STUDY_OPTIONS: readonly OptionSpec[] = [...CONFIG, ...AMOUNT, REUSE];

/** What the studies named by `--reuse` have of the trainings of this one. */
export async function reusedFrom(
  args: ParsedArgs,
  config: StudyConfig,
  io: Io,
): Promise<KnownTrainings[]> {
  const known: KnownTrainings[] = [];
  for (const file of args.all('reuse')) {
    const { events } = await unpackLog(STUDY_LOG, await readBytes('--reuse', file, io), file);
    const offered = offeredTrainings(config, events);
    if (offered) known.push(offered);
    else io.err(`--reuse: ${file} has no training with these settings; nothing is taken from it.`);
  }
  return known;
}

/** What `correlate` is asked to do. */
export interface StudyTask {
  readonly config: StudyConfig;
  readonly amount: StudyAmount;
  /** The log to go on with; null for a new study. */
  readonly log: StudyLog | null;
}

async function readBytes(option: string, file: string, io: Io): Promise<Uint8Array> {
  try {
    return await readFile(resolve(io.cwd, file));
  } catch {
    throw usageError(
      `${option}: ${file} cannot be read. Allowed: a log saved by this command line or the lab.`,
    );
  }
}

function variantsFrom(args: ParsedArgs, run: RunConfig): readonly SupernetVariant[] {
  const known = defaultVariants(run);
  const text = args.text('variants');
  if (text === undefined) return known;
  return text.split(',').map((id) => {
    const found = known.find((variant) => variant.id === id);
    if (found) return found;
    const ids = known.map((variant) => variant.id);
    throw unknownWord('variant', id, ids);
  });
}

function amountFrom(args: ParsedArgs, config: StudyConfig, base: StudyAmount): StudyAmount {
  const text = args.text('architectures');
  let { architectures } = base;
  if (text === 'all') {
    architectures = wantedArchitectures(config.region, { ...base, architectures: Infinity });
  } else if (text !== undefined) {
    if (!/^\d+$/.test(text)) {
      throw usageError(
        `--architectures: "${text}" is not allowed. Allowed: a whole number from 3, or all.`,
      );
    }
    architectures = Number(text);
  }
  return parseStudyAmount(config, {
    architectures,
    seeds: args.integer('seeds') ?? base.seeds,
    supernets: args.integer('supernets') ?? base.supernets,
  });
}

/** The log that `--region from` names; null for other regions. */
async function sourceRun(args: ParsedArgs, io: Io): Promise<RunLog | null> {
  const [file] = args.positional;
  if (args.text('region') !== 'from') {
    if (file !== undefined) throw usageError(`"${file}" needs --region from before it.`);
    if (args.integer('generation') !== undefined) {
      throw usageError('--generation needs --region from run.jsonl.gz.');
    }
    return null;
  }
  if (file === undefined)
    throw usageError('--region from needs a log: --region from run.jsonl.gz.');
  return unpackLog(RUN_LOG, await readBytes('--region from', file, io), file);
}

function regionFrom(args: ParsedArgs, source: RunLog | null, run: RunConfig): StudyRequest {
  if (!source) {
    const kind = args.text('region') === 'random' ? 'random' : 'depth-stratified';
    return { origin: { kind } };
  }
  const last = source.events.findLast((event) => event.type === 'round/started');
  const generation = args.integer('generation') ?? last?.round ?? 0;
  return {
    region: regionOfGeneration(source, generation, run),
    origin: { kind: 'generation', run: source.title, generation },
  };
}

async function newStudy(args: ParsedArgs, io: Io): Promise<StudyTask> {
  const source = await sourceRun(args, io);
  const header = source?.events[0];
  const base = header?.type === 'run/started' ? header.config : presetConfig('study');
  const run = source
    ? await configFrom(args, io, base)
    : forStudy(await configFrom(args, io, base));
  const steps = args.integer('steps');
  const checkpoints = args.integer('checkpoints');
  const config = studyConfig(run, {
    ...regionFrom(args, source, run),
    variants: variantsFrom(args, run),
    ...(steps !== undefined && { steps }),
    ...(checkpoints !== undefined && { checkpoints }),
  });
  return { config, amount: amountFrom(args, config, defaultAmount(config)), log: null };
}

async function oldStudy(file: string, args: ParsedArgs, io: Io): Promise<StudyTask> {
  const fixed = CONFIG.find(({ name }) => args.all(name).length > 0);
  if (fixed) {
    const allowed = AMOUNT.map(({ name }) => `--${name}`).join(', ');
    throw usageError(
      `--${fixed.name} cannot change in a study that has begun. Allowed with --resume: ${allowed}.`,
    );
  }
  const log = await unpackLog(STUDY_LOG, await readBytes('--resume', file, io), file, {
    salvage: true,
  });
  const { config, amount } = reduceStudy(log.events);
  if (!config || !amount) throw usageError(`--resume: ${file} holds no study.`);
  return { config, amount: amountFrom(args, config, amount), log };
}

/**
 * A new study, or one to go on with.
 * @throws LabError `usage`, `config-invalid`, `log-damaged`.
 */
export async function studyFrom(args: ParsedArgs, io: Io): Promise<StudyTask> {
  const file = args.text('resume');
  return file === undefined ? newStudy(args, io) : oldStudy(file, args, io);
}
