/** From the work of a study and the speed seen so far to the time left: ranges, as honest ones are. */
import type { TimeRange } from '../run/reducer.ts';
import type { StudyAmount, StudyConfig } from './config.ts';
import type { StudyView } from './reducer.ts';
import { jobFlops, plannedWork, type StudyWork, studyWork } from './work.ts';

/** Milliseconds a FLOP of one worker. */
export type Speed = TimeRange;

interface Timed {
  readonly milliseconds: number;
  readonly flops: number;
}

/** Mean and spread of the jobs of a kind; null before the first. */
function speedOf(jobs: readonly Timed[]): Speed | null {
  const flops = jobs.reduce((sum, job) => sum + job.flops, 0);
  if (flops === 0) return null;
  const mean = jobs.reduce((sum, job) => sum + job.milliseconds, 0) / flops;
  const squares = jobs.reduce((sum, job) => sum + (job.milliseconds / job.flops - mean) ** 2, 0);
  const spread = Math.max(Math.sqrt(squares / jobs.length), 0.1 * mean);
  return { low: Math.max(0.5 * mean, mean - spread), high: mean + spread };
}

function timedSupernets(config: StudyConfig, { variants }: StudyView): Timed[] {
  return variants.flatMap(({ id, supernets }) =>
    supernets.map(({ supernet, milliseconds }) => ({
      milliseconds,
      flops: jobFlops(config, { kind: 'supernet', variant: id, supernet }),
    })),
  );
}

/** Diverged trainings ended early and would look fast: they are left out. */
function timedTrainings(config: StudyConfig, { architectures, others }: StudyView): Timed[] {
  return [...architectures, ...others]
    .flatMap(({ evaluations, extra }) => [...evaluations, ...extra])
    .filter(({ diverged }) => diverged === null)
    .map(({ milliseconds, choice, seed, steps }) => ({
      milliseconds,
      flops: jobFlops(config, { kind: 'alone', choice, seed, steps }),
    }));
}

/** Speeds seen so far, apart for supernets and for single networks; null before the first. */
export function measuredSpeeds(view: StudyView): {
  readonly supernet: Speed | null;
  readonly alone: Speed | null;
} {
  const { config } = view;
  if (!config) return { supernet: null, alone: null };
  return {
    supernet: speedOf(timedSupernets(config, view)),
    alone: speedOf(timedTrainings(config, view)),
  };
}

function duration(
  { leftOf, jobsLeft }: StudyWork,
  supernet: Speed,
  alone: Speed,
  workers: number,
): TimeRange {
  const runners = Math.max(1, Math.min(workers, jobsLeft));
  const at = (end: keyof Speed) =>
    (leftOf.supernet * supernet[end] + (leftOf.alone + leftOf.proxies) * alone[end]) / runners;
  return { low: at('low'), high: at('high') };
}

/**
 * Milliseconds left, for jobs done by `workers` at once; null while no speed is known.
 * @param before Speed measured elsewhere, until the study has its own.
 */
export function timeLeft(
  view: StudyView,
  workers: number,
  before: Speed | null = null,
): TimeRange | null {
  const { supernet, alone } = measuredSpeeds(view);
  const first = supernet ?? alone ?? before;
  const second = alone ?? supernet ?? before;
  return first && second && duration(studyWork(view), first, second, workers);
}

/** Milliseconds that a study will take at a speed measured elsewhere. */
export function plannedTime(
  config: StudyConfig,
  amount: StudyAmount,
  workers: number,
  speed: Speed,
): TimeRange {
  return duration(plannedWork(config, amount), speed, speed, workers);
}
