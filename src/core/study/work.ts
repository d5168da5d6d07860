/**
 * How much computing the jobs of a study ask for, in FLOPs: to say how long a study will take before
 * it starts and while it runs. A training step counts as three forward passes, a readout as what it
 * evaluates. An estimate: executors differ in what they share and how fast they are, which the speed
 * measured for each kind of job makes up for (`time.ts`).
 */
import { cellCost, classifierCost, stemCost, supernetCost } from '../architecture.ts';
import { INITIALISATIONS, PROXY_BATCH } from '../proxies/passes.ts';
import { EXHAUSTIVE_LIMIT, PATHS_PER_CANDIDATE } from '../rankers/readout.ts';
import { architectureCount, candidateCount, choiceParts } from '../region.ts';
import type { StudyAmount, StudyConfig } from './config.ts';
import type { StudyJob } from './events.ts';
import { allJobs, jobKey, pendingJobs } from './jobs.ts';
import { EMPTY_STUDY, type StudyView } from './reducer.ts';
import { missingChoices, wantedArchitectures } from './select.ts';
import { studyCost, studyShape } from './shape.ts';

/** Forward passes of one proxy measurement: three gradients and a pass for each initialisation. */
const PROXY_PASSES = INITIALISATIONS * (3 * 3 + 1);

/**
 * Full sweeps of a supernet that one readout costs without sharing work: mixed, probe, leave one out,
 * and single paths, each of which is 1/k of a sweep.
 */
function readoutSweeps({ region }: StudyConfig): number {
  const stages = region.length;
  const cells = candidateCount(region);
  const every = architectureCount(region);
  const paths = PATHS_PER_CANDIDATE * cells + (every <= EXHAUSTIVE_LIMIT ? every : 0);
  const probe = cells - cells / stages + 1;
  return 1 + probe + (cells - 1) + (paths * stages) / cells;
}

/** FLOPs of a job. */
export interface JobWork {
  /** Spread evenly over its training steps. */
  readonly training: number;
  /** Tests, readouts and proxies, which come between and after the steps. */
  readonly reading: number;
}

/** Of training one network and testing it. `flops`: of the forward pass of one image. */
function aloneWork({ run }: StudyConfig, flops: number, steps: number): JobWork {
  return {
    training: 3 * flops * run.supernet.batchSize * steps,
    reading: flops * run.task.testImages,
  };
}

/** What a job asks for, readouts and tests included. */
export function jobWork(config: StudyConfig, job: StudyJob): JobWork {
  const { run, region } = config;
  if (job.kind !== 'supernet') {
    const { flops } = studyCost(config, choiceParts(region, job.choice));
    if (job.kind === 'alone') return aloneWork(config, flops, job.steps);
    return { training: 0, reading: flops * PROXY_PASSES * PROXY_BATCH };
  }
  const supernet = config.variants.find(({ id }) => id === job.variant)?.supernet ?? run.supernet;
  const { flops, flopsPerStep } = supernetCost(studyShape(config), region, supernet.batchSize);
  const readouts = (config.checkpoints + 1) * readoutSweeps(config) * run.task.validationImages;
  return { training: flopsPerStep * supernet.steps, reading: flops * readouts };
}

/** All FLOPs of a job. */
export function jobFlops(config: StudyConfig, job: StudyJob): number {
  const { training, reading } = jobWork(config, job);
  return training + reading;
}

/** FLOPs by kind of job, since speeds differ between them. */
export type WorkByKind = { readonly [kind in StudyJob['kind']]: number };

export interface StudyWork {
  /** FLOPs that are not done yet. */
  readonly left: number;
  /** The same by kind of job. */
  readonly leftOf: WorkByKind;
  /** FLOPs of everything asked for. */
  readonly total: number;
  /** Jobs not done yet, and all of them; those that cannot be named yet included. */
  readonly jobsLeft: number;
  readonly jobs: number;
}

/** Mean forward FLOPs over all architectures of the region, without listing them. */
function meanFlops(config: StudyConfig): number {
  const shape = studyShape(config);
  return config.region.reduce((sum, cells, s) => {
    const all = cells.reduce((flops, cell) => flops + cellCost(shape, s, cell).flops, 0);
    return sum + stemCost(shape, s).flops + all / cells.length;
  }, classifierCost(shape).flops);
}

/** Architectures still to be chosen count as average ones; once they can be, their jobs are listed. */
function unchosenWork(config: StudyConfig, view: StudyView) {
  const { amount, architectures } = view;
  if (!amount) return { alone: 0, proxies: 0, jobs: 0 };
  const known = architectures.length + missingChoices(view).length;
  const count = Math.max(0, wantedArchitectures(config.region, amount) - known);
  const flops = count * meanFlops(config);
  const { training, reading } = aloneWork(config, flops, config.steps);
  return {
    alone: amount.seeds * (training + reading),
    proxies: config.proxies ? flops * PROXY_PASSES * PROXY_BATCH : 0,
    jobs: count * (amount.seeds + (config.proxies ? 1 : 0)),
  };
}

const NOTHING = { supernet: 0, alone: 0, proxies: 0 };

/** What is asked for and what of it is left. */
export function studyWork(view: StudyView): StudyWork {
  const { config } = view;
  if (!config) return { left: 0, leftOf: NOTHING, total: 0, jobsLeft: 0, jobs: 0 };
  const pending = new Set(pendingJobs(view).map((job) => jobKey(view, job)));
  const { jobs: unnamed, ...unchosen } = unchosenWork(config, view);
  const leftOf = { ...NOTHING, ...unchosen };
  let done = 0;
  const jobs = allJobs(view);
  for (const job of jobs) {
    const work = jobFlops(config, job);
    if (pending.has(jobKey(view, job))) leftOf[job.kind] += work;
    else done += work;
  }
  const left = leftOf.supernet + leftOf.alone + leftOf.proxies;
  return {
    left,
    leftOf,
    total: left + done,
    jobsLeft: pending.size + unnamed,
    jobs: jobs.length + unnamed,
  };
}

/** What a study will ask for, before it starts. */
export function plannedWork(config: StudyConfig, amount: StudyAmount): StudyWork {
  return studyWork({ ...EMPTY_STUDY, config, amount });
}
