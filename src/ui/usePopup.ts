/** What a button opens: the same button or a click elsewhere closes it again. */
import { useEffect, useId, useRef, useState } from 'react';

/** `root` goes around the button and what it opens, `button` on the button, `id` on what it opens. */
export function usePopup() {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  /** Closes it and gives the focus back to the button. */
  const close = () => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };

  const button = {
    type: 'button',
    'aria-expanded': open,
    'aria-controls': open ? id : undefined,
    onClick: () => setOpen(!open),
  } as const;
  return { open, root, id, button, close };
}
