/** A button that opens a small panel under itself; and what every button that opens something does. */
import './popup.css';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';

interface PopoverProps {
  /** What the panel is, for screen readers. */
  readonly label: string;
  readonly className: string;
  readonly title: string;
  /** The content of the button. */
  readonly content: ReactNode;
  readonly children: ReactNode;
  readonly testId?: string;
}

/** Escape or a click elsewhere closes it. */
export function Popover({ label, className, title, content, children, testId }: PopoverProps) {
  const { open, root, id, button, close } = usePopup();

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open || event.key !== 'Escape') return;
    close();
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the button and the panel.
    <div className="popover" ref={root} onKeyDown={onKeyDown}>
      <button {...button} className={className} title={title} data-testid={testId}>
        {content}
      </button>
      {open && (
        <section className="popover-panel" id={id} aria-label={label}>
          {children}
        </section>
      )}
    </div>
  );
}

/**
 * What a button opens: the same button or a click elsewhere closes it again. `root` goes around the
 * button and what it opens, `button` on the button, `id` on what it opens.
 */
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
