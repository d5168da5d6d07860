/** Keys of the action list, wherever no form field or dialog wants them. */
import { useEffect } from 'react';
import { actionForKey, dispatch } from '../../state/actions.ts';
import type { Lab } from '../../state/lab.ts';

const TYPING = 'input, select, textarea, [contenteditable], [role=menuitem]';
const PRESSING = 'button, a, summary, [role=tab], [role=button], [role=slider]';

function wanted(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (event.defaultPrevented || target?.closest(TYPING)) return false;
  if (event.key === 'Escape' && document.querySelector('dialog[open]')) return false;
  if (document.querySelector('dialog[open]') && event.key !== '?') return false;
  return !((event.key === ' ' || event.key === 'Enter') && target?.closest(PRESSING));
}

export function useShortcuts(lab: Lab): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!lab.store.getState().shortcuts || !wanted(event)) return;
      const action = actionForKey(event);
      if (!action) return;
      event.preventDefault();
      void dispatch(lab, action.id);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [lab]);
}
