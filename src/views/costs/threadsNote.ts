/** How many threads train, and why not more. */
import type { ExecutorId } from '../../core/run/executors.ts';
import type { LabState } from '../../state/store.ts';

/**
 * One sentence or two; empty where threads play no part (a GPU, TensorFlow.js) or are not known yet.
 * @param jobs Trainings at once, each in a thread of its own if there are several.
 */
export function threadsNote(
  executor: ExecutorId | null,
  team: LabState['team'],
  jobs: number,
): string {
  if (executor !== 'wasm') return '';
  if (jobs > 1) return `${jobs} trainings at once, one thread each.`;
  if (!team) return '';
  if (team.threads > 1) return `${team.threads} threads share each step.`;
  return ['One thread.', team.reason].filter(Boolean).join(' ');
}
