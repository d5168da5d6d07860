/** A button that opens a small panel under itself; Escape or a click elsewhere closes it. */
import { type KeyboardEvent, type ReactNode, useCallback, useId, useRef, useState } from 'react';
import { useDismiss } from './useDismiss.ts';

interface PopoverProps {
  /** What the panel is, for screen readers. */
  readonly label: string;
  readonly className: string;
  readonly title: string;
  /** The content of the button. */
  readonly button: ReactNode;
  readonly children: ReactNode;
  readonly testId?: string;
}

export function Popover({ label, className, title, button, children, testId }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const panelId = useId();
  const close = useCallback(() => setOpen(false), []);
  useDismiss(root, open, close);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open || event.key !== 'Escape') return;
    close();
    root.current?.querySelector('button')?.focus();
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the button and the panel.
    <div className="popover" ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        className={className}
        title={title}
        aria-expanded={open}
        aria-controls={open ? panelId : undefined}
        data-testid={testId}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <section className="popover-panel" id={panelId} aria-label={label}>
          {children}
        </section>
      )}
    </div>
  );
}
