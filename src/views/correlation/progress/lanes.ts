/** The jobs under way as rows: networks that a GPU trains side by side are one. */
import { formatDecimal, formatPercent } from '../../../core/format.ts';
import type { JobProgress, StudyJob } from '../../../core/study/events.ts';
import { choiceName } from '../models.ts';

export interface LaneRow {
  /** The same for the same job, and for whatever is trained side by side. */
  readonly key: string;
  readonly name: string;
  readonly text: string;
  /** Share of the steps that are done, from 0 to 1. */
  readonly share: number;
  /** The rows of those trained side by side; empty for a single job. */
  readonly parts: readonly LaneRow[];
}

/** Share of the job's steps that are done. */
export const shareOf = ({ step, steps }: JobProgress) => (steps > 0 ? step / steps : 0);

function jobName(job: StudyJob): string {
  switch (job.kind) {
    case 'supernet':
      return `Supernet ${job.supernet + 1} (${job.variant})`;
    case 'alone':
      return `${choiceName(job.choice)} alone, seed ${job.seed + 1}`;
    case 'proxies':
      return `Proxies of ${choiceName(job.choice)}`;
    default:
      return job satisfies never;
  }
}

const readoutText = ({ kind }: StudyJob) =>
  kind === 'alone' ? 'testing' : 'reading out on held-out images';

function jobText({ job, phase, step, steps, loss, accuracy }: JobProgress): string {
  if (phase === 'waiting') return 'waiting';
  if (phase === 'readout') return readoutText(job);
  const parts = [`step ${step} of ${steps}`];
  if (loss !== null) parts.push(`loss ${formatDecimal(loss, 2)}`);
  if (accuracy !== null) parts.push(`accuracy ${formatPercent(accuracy)}`);
  return parts.join(' · ');
}

const single = (lane: JobProgress): LaneRow => ({
  key: JSON.stringify(lane.job),
  name: jobName(lane.job),
  text: jobText(lane),
  share: shareOf(lane),
  parts: [],
});

/** "0.31 – 1.20", or one figure where both read the same; null without values. */
function rangeText(
  values: readonly (number | null)[],
  format: (value: number) => string,
): string | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const [low, high] = [format(Math.min(...known)), format(Math.max(...known))];
  return low === high ? low : `${low} – ${high}`;
}

function groupText(
  training: readonly JobProgress[],
  tested: readonly JobProgress[],
  waiting: readonly JobProgress[],
): string {
  if (training.length === 0 && tested.length === 0) return 'waiting';
  if (training.length === 0 && waiting.length === 0) return 'testing';
  const parts: string[] = [];
  const [first] = training;
  // They go in lockstep; one that has diverged stays behind.
  if (first) parts.push(`step ${Math.max(...training.map(({ step }) => step))} of ${first.steps}`);
  const loss = rangeText(
    training.map((one) => one.loss),
    (value) => formatDecimal(value, 2),
  );
  if (loss !== null) parts.push(`loss ${loss}`);
  const accuracy = rangeText(
    training.map((one) => one.accuracy),
    formatPercent,
  );
  if (accuracy !== null) parts.push(`accuracy ${accuracy}`);
  if (tested.length > 0) parts.push(`${tested.length} trained`);
  if (waiting.length > 0) parts.push(`${waiting.length} waiting`);
  return parts.join(' · ');
}

function group(lanes: readonly JobProgress[]): LaneRow {
  const inPhase = (phase: JobProgress['phase']) => lanes.filter((lane) => lane.phase === phase);
  const [training, tested, waiting] = [inPhase('training'), inPhase('readout'), inPhase('waiting')];
  // A device that does not hold all of them trains as many as it holds, then the next.
  const count = training.length || lanes.length;
  return {
    key: 'side by side',
    name: `${count} ${count === 1 ? 'network' : 'networks'} side by side`,
    text: groupText(training, tested, waiting),
    share: lanes.reduce((sum, lane) => sum + shareOf(lane), 0) / lanes.length,
    parts: lanes.map(single),
  };
}

/**
 * A row a job, but one for all networks alone where one device trains them together.
 * @param workers Threads or devices that work at once.
 */
export function laneRows(lanes: readonly JobProgress[], workers: number): readonly LaneRow[] {
  const alone = lanes.filter(({ job }) => job.kind === 'alone');
  if (workers > 1 || alone.length < 2) return lanes.map(single);
  return [group(alone), ...lanes.filter((lane) => !alone.includes(lane)).map(single)];
}
