/**
 * Every user command, as data: the toolbar, the shortcuts, the help sheet and the tests read this one
 * list. An action says when it is possible; `dispatch` asks before it runs one.
 */
import { LabError, toErrorRecord } from '../core/errors.ts';
import { HISTORY_ACTIONS, RUN_ACTIONS } from './actionsRun.ts';
import { FILE_ACTIONS, SCREEN_ACTIONS, VIEW_ACTIONS } from './actionsScreen.ts';
import { STUDY_ACTIONS } from './actionsStudy.ts';
import type { Action, ActionId } from './actionTypes.ts';
import type { Lab } from './lab.ts';
import { notify } from './store.ts';

export type { Action, ActionId } from './actionTypes.ts';

export const ACTIONS: readonly Action[] = [
  ...RUN_ACTIONS,
  ...HISTORY_ACTIONS,
  ...STUDY_ACTIONS,
  ...FILE_ACTIONS,
  ...SCREEN_ACTIONS,
  ...VIEW_ACTIONS,
];

/** The action of an id. */
export function actionById(id: ActionId): Action {
  const action = ACTIONS.find((one) => one.id === id);
  if (!action) throw new LabError('usage', `There is no action “${id}”.`);
  return action;
}

/** Runs an action if it is possible now; what it throws becomes a notice. */
export async function dispatch(lab: Lab, id: ActionId): Promise<boolean> {
  const action = actionById(id);
  if (!action.when(lab.store.getState())) return false;
  try {
    await action.run(lab);
  } catch (thrown) {
    const error = toErrorRecord(thrown);
    notify(lab.store, 'error', error.message, error);
  }
  return true;
}

/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The action a key stands for; null if none, or with Ctrl, Alt or Meta held. */
export function actionForKey(press: KeyPress): Action | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const base =
    press.key === ' ' ? 'Space' : press.key.length === 1 ? press.key.toUpperCase() : press.key;
  const letter = /^[A-Z]$/.test(base);
  const name = press.shiftKey && letter ? `Shift+${base}` : base;
  return ACTIONS.find((action) => action.key === name) ?? null;
}
