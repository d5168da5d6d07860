/** A button that opens a small panel under itself; Escape or a click elsewhere closes it. */
import './popup.css';
import type { KeyboardEvent, ReactNode } from 'react';
import { usePopup } from './usePopup.ts';

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
