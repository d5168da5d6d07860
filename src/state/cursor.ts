/** What the cursor stands at. */
import { lastCompleteGeneration } from '../core/run/history.ts';
import type { LabState } from './store.ts';

/** The last complete generation at the cursor; -1 if there is none. */
export function generationAtCursor(state: LabState): number {
  const events = state.run?.events ?? [];
  return lastCompleteGeneration(state.cursor === null ? events : events.slice(0, state.cursor));
}
