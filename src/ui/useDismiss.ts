/** Closes what lies open when the pointer goes down anywhere else. */
import { type RefObject, useEffect } from 'react';

/** `close` must be stable, e.g. from `useCallback`, or the listener is set anew with every render. */
export function useDismiss(
  root: RefObject<HTMLElement | null>,
  open: boolean,
  close: () => void,
): void {
  useEffect(() => {
    if (!open) return;
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) close();
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [root, open, close]);
}
