/** Training a discordant pair for longer, and what that said. Pure. */
import { formatPoints } from '../../../core/format.ts';
import type { StudyConfig } from '../../../core/study/config.ts';
import type { EvaluationFinished, ExtraEvaluation } from '../../../core/study/events.ts';
import type { ArchitectureView, StudyView } from '../../../core/study/reducer.ts';
import { STUDY_BOUNDS } from '../../../core/study/validate.ts';

/** Twice as long each time: beyond the longest that both were trained for. */
export function nextSteps(
  { steps }: StudyConfig,
  pair: readonly [ArchitectureView, ArchitectureView],
): number {
  const longest = Math.min(
    ...pair.map(({ extra }) => Math.max(steps, ...extra.map((one) => one.steps))),
  );
  return Math.min(STUDY_BOUNDS.steps[1], 2 * longest);
}

/** Both with as many seeds as the study has. */
export function longerEvaluations(
  { amount }: StudyView,
  pair: readonly [ArchitectureView, ArchitectureView],
  steps: number,
): readonly ExtraEvaluation[] {
  return pair.map(({ choice }) => ({ choice, seeds: amount?.seeds ?? 1, steps }));
}

function meanAt(list: readonly EvaluationFinished[], steps: number): number | null {
  const values = list.filter((one) => one.steps === steps).map(({ accuracy }) => accuracy);
  const known = values.filter((value) => value !== null);
  if (known.length === 0 || known.length < values.length) return null;
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** What the longest training that both have had says of the pair; null before there is one. */
export function longerOutcome(better: ArchitectureView, worse: ArchitectureView): string | null {
  const steps = better.extra
    .map((one) => one.steps)
    .filter((at) => worse.extra.some((one) => one.steps === at));
  if (steps.length === 0) return null;
  const longest = Math.max(...steps);
  const [a, b] = [meanAt(better.extra, longest), meanAt(worse.extra, longest)];
  if (a === null || b === null) return `After ${longest} steps: one of them diverged.`;
  const gap = `${formatPoints(Math.abs(a - b))} points`;
  if (a === b) return `After ${longest} steps both are equal.`;
  return a > b
    ? `After ${longest} steps still better, by ${gap}: the ranker is wrong.`
    : `After ${longest} steps worse, by ${gap}: the ranker was right.`;
}
