/** Losses of the GPU that a study survived, in words. */
import type { StudyDeviceLost } from './events.ts';

/** One sentence about a loss: what began again. */
export function studyLossSentence({ jobs }: Pick<StudyDeviceLost, 'jobs'>): string {
  const what = jobs.length === 1 ? 'what was on it' : `the ${jobs.length} trainings on it`;
  return `The GPU was lost and came back; ${what} began again.`;
}

/** How often it happened, at least once, as one of the facts about a study. */
export function lossCount(losses: number): string {
  return `the GPU was lost ${losses === 1 ? 'once' : `${losses} times`}`;
}
