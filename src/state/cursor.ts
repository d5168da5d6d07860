/** What the cursor stands at. */
import { lastCompleteRound } from '../core/run/history.ts';
import type { LabState } from './store.ts';

/** The last complete round at the cursor; -1 if there is none. */
export function roundAtCursor(state: LabState): number {
  const events = state.run?.events ?? [];
  return lastCompleteRound(state.cursor === null ? events : events.slice(0, state.cursor));
}
