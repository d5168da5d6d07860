/** A menu button: arrows move, Enter chooses, Escape or a click elsewhere closes. */
import './popup.css';
import { type KeyboardEvent, type ReactNode, useEffect } from 'react';
import { usePopup } from './Popover.tsx';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly onSelect: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly items: readonly MenuItem[];
  readonly testId?: string;
}

const itemsIn = (root: HTMLElement | null) => [
  ...(root?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []),
];

export function Menu({ label, icon, items, testId }: MenuProps) {
  const { open, root, id, button, close } = usePopup();

  useEffect(() => {
    if (open) itemsIn(root.current)[0]?.focus();
  }, [open, root]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    const all = itemsIn(root.current);
    const here = all.findIndex((item) => item.matches(':focus'));
    const go = (index: number) => all[(index + all.length) % all.length]?.focus();
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown') go(here + 1);
    else if (event.key === 'ArrowUp') go(here - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the menu's own buttons.
    <div className="menu" ref={root} onKeyDown={onKeyDown}>
      <button
        {...button}
        className="icon-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        data-testid={testId}
      >
        {icon}
      </button>
      {open && (
        <div className="menu-list" role="menu" id={id} aria-label={label}>
          {items.map((item) => (
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              key={item.id}
              onClick={() => {
                close();
                item.onSelect();
              }}
            >
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
