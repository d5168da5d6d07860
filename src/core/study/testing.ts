/** Synthetic studies for tests: the right shapes, made-up numbers that hang together, no training. */
import { createRandom } from '../random.ts';
import { type StageTable, softmax } from '../ranks.ts';
import { presetConfig } from '../run/resolve.ts';
import type { StudyAmount, StudyConfig } from './config.ts';
import { defaultAmount, forStudy, studyConfig } from './defaults.ts';
import {
  type EvaluationFinished,
  type ExtraEvaluation,
  type ProxiesFinished,
  STUDY_VERSION,
  type StudyEvent,
  type StudyJob,
  type StudyLog,
  type StudyStarted,
  type SupernetFinished,
  type SupernetReadout,
} from './events.ts';
import { pendingJobs } from './jobs.ts';
import { appendStudyEvents, choiceId, EMPTY_STUDY, type StudyView } from './reducer.ts';
import { missingChoices } from './select.ts';

export interface SyntheticStudyOptions {
  readonly config?: StudyConfig;
  readonly amount?: StudyAmount;
  /** Jobs done, at most; all of them by default. */
  readonly jobs?: number;
  /** Changes the made-up numbers. */
  readonly salt?: number;
  /** Architectures whose trainings diverge. */
  readonly diverged?: (architecture: string) => boolean;
}

/** The study of the smallest preset: two stages of three candidates, two variants. */
export function syntheticStudyConfig(): StudyConfig {
  return studyConfig(forStudy(presetConfig('smoke')));
}

interface Made {
  readonly config: StudyConfig;
  readonly salt: number;
  readonly diverged: (architecture: string) => boolean;
}

const noise = (salt: number, ...labels: readonly (string | number)[]) =>
  createRandom(salt, 'synthetic', ...labels).normal();

const table = ({ config }: Made, cell: (stage: number, candidate: number) => number): StageTable =>
  config.region.map((cells, s) => cells.map((_, i) => cell(s, i)));

/** Made-up worth of a candidate. */
const worth = ({ salt }: Made, stage: number, candidate: number) =>
  noise(salt, 'worth', stage, candidate);

const choiceWorth = (made: Made, choice: readonly number[]) =>
  choice.reduce((sum, candidate, stage) => sum + worth(made, stage, candidate), 0);

function weightsAt(made: Made, labels: readonly (string | number)[], step: number): StageTable {
  return table(made, (s, i) => {
    const blur = noise(made.salt, 'alpha', ...labels, step, s, i);
    return step * 0.1 * (worth(made, s, i) + 0.5 * blur);
  }).map(softmax);
}

function pathsOf({ config }: Made): number[][] {
  return config.region.reduce<number[][]>(
    (paths, cells) => paths.flatMap((path) => cells.map((_, i) => [...path, i])),
    [[]],
  );
}

function readoutAt(made: Made, labels: readonly (string | number)[], step: number) {
  const lossOf = (kind: string, value: number, ...at: number[]) =>
    2 - 0.1 * value + 0.05 * noise(made.salt, kind, ...labels, step, ...at);
  const paths = pathsOf(made);
  const losses = paths.map((path) => lossOf('path', choiceWorth(made, path), ...path));
  const weights = weightsAt(made, labels, step);
  const readout: SupernetReadout = {
    step,
    last: weights,
    averaged: weights,
    probe: table(made, (s, i) => lossOf('probe', worth(made, s, i), s, i)),
    leaveOneOut: table(made, (s, i) => lossOf('without', -worth(made, s, i), s, i)),
    sampled: { paths, losses },
    exhaustive: { losses, accuracies: losses.map((loss) => 1 / (1 + loss)) },
    loss: 2,
    accuracy: 0.3,
  };
  return readout;
}

function supernetEvent(made: Made, job: Extract<StudyJob, { kind: 'supernet' }>) {
  const { config } = made;
  const labels = [job.variant, job.supernet];
  const steps = config.variants.find(({ id }) => id === job.variant)?.supernet.steps ?? 1;
  const history = Array.from({ length: steps }, (_, n) => ({
    step: n + 1,
    loss: 2.3 - (0.5 * n) / steps,
    accuracy: 0.1 + (0.2 * n) / steps,
    weights: weightsAt(made, labels, n + 1),
  }));
  const at = Array.from({ length: config.checkpoints + 1 }, (_, c) =>
    Math.ceil((steps * (c + 1)) / (config.checkpoints + 1)),
  );
  const event: Omit<SupernetFinished, 'at' | 'wall'> = {
    type: 'supernet/finished',
    variant: job.variant,
    supernet: job.supernet,
    history,
    readouts: at.map((step) => readoutAt(made, labels, step)),
    milliseconds: 400,
  };
  return { event, steps };
}

function aloneEvent(made: Made, { choice, seed, steps }: Extract<StudyJob, { kind: 'alone' }>) {
  const architecture = choiceId(made.config.region, choice);
  const bad = made.diverged(architecture);
  const value = choiceWorth(made, choice) + 0.3 * noise(made.salt, architecture, seed, steps);
  const accuracy = 0.4 + 0.05 * value;
  const event: Omit<EvaluationFinished, 'at' | 'wall'> = {
    type: 'evaluation/finished',
    architecture,
    choice,
    seed,
    steps,
    loss: bad ? null : 2 - 2 * accuracy,
    accuracy: bad ? null : accuracy,
    diverged: bad ? 'The training loss is not a number at step 1.' : null,
    history: bad ? [] : [{ step: steps, loss: 2 - 2 * accuracy, accuracy }],
    milliseconds: 100,
  };
  return { event, steps };
}

function proxiesEvent(made: Made, { choice }: Extract<StudyJob, { kind: 'proxies' }>) {
  const architecture = choiceId(made.config.region, choice);
  const value = (name: string) => noise(made.salt, name, architecture);
  const event: Omit<ProxiesFinished, 'at' | 'wall'> = {
    type: 'proxies/finished',
    architecture,
    choice,
    values: {
      synflow: value('synflow'),
      gradNorm: value('grad-norm'),
      snip: value('snip'),
      naswot: null,
      jacobCov: value('jacob-cov'),
    },
  };
  return { event, steps: 0 };
}

function resultOf(made: Made, job: StudyJob) {
  switch (job.kind) {
    case 'supernet':
      return supernetEvent(made, job);
    case 'alone':
      return aloneEvent(made, job);
    case 'proxies':
      return proxiesEvent(made, job);
    default:
      return job satisfies never;
  }
}

/** The events that carry a study on from a view, job by job, to its end or for so many jobs. */
export function syntheticEventsFrom(
  view: StudyView,
  { jobs = Number.POSITIVE_INFINITY, salt = 0, diverged = () => false }: SyntheticStudyOptions = {},
): StudyEvent[] {
  if (!view.config) return [];
  const made = { config: view.config, salt, diverged };
  const events: StudyEvent[] = [];
  let now = view;
  let { stepsDone: at, wall } = view;
  const add = (event: StudyEvent) => {
    events.push(event);
    now = appendStudyEvents(now, [event]);
  };
  for (let done = 0; done < jobs; done++) {
    const choices = missingChoices(now);
    if (choices.length > 0) add({ type: 'study/selected', at, wall, choices });
    const job = pendingJobs(now)[0];
    if (!job) {
      add({ type: 'study/finished', at, wall });
      break;
    }
    const { event, steps } = resultOf(made, job);
    at += steps;
    wall += 100;
    add({ ...event, at, wall });
  }
  return events;
}

/** `study/started`. */
export function syntheticStarted({ config, amount }: SyntheticStudyOptions = {}): StudyStarted {
  const given = config ?? syntheticStudyConfig();
  return {
    type: 'study/started',
    at: 0,
    wall: 0,
    version: STUDY_VERSION,
    config: given,
    amount: amount ?? defaultAmount(given),
    datasetDigest: 'ab'.repeat(32),
    backend: { name: 'cpu', adapter: 'test', reason: 'a test' },
    executor: 'stock',
    engineVersion: 'test',
  };
}

/** All events of a made-up study. */
export function syntheticStudyEvents(options: SyntheticStudyOptions = {}): StudyEvent[] {
  const started = syntheticStarted(options);
  const view = appendStudyEvents(EMPTY_STUDY, [started]);
  return [started, ...syntheticEventsFrom(view, options)];
}

/** A made-up study that is asked for more, and measures it. */
export function syntheticExtension(
  events: readonly StudyEvent[],
  amount: StudyAmount,
  extra: readonly ExtraEvaluation[] = [],
  options: SyntheticStudyOptions = {},
): StudyEvent[] {
  const before = appendStudyEvents(EMPTY_STUDY, events);
  const { stepsDone: at, wall } = before;
  const extended: StudyEvent = { type: 'study/extended', at, wall, amount, extra };
  const view = appendStudyEvents(before, [extended]);
  return [...events, extended, ...syntheticEventsFrom(view, options)];
}

/** A made-up study with its name. */
export function syntheticStudyLog(options: SyntheticStudyOptions = {}, id = 'study-1'): StudyLog {
  return {
    id,
    title: 'A made-up study',
    createdAt: '2026-01-01T00:00:00.000Z',
    events: syntheticStudyEvents(options),
  };
}
