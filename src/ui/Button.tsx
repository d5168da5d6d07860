/** Buttons: with a label, or an icon whose label is spoken and shown as a tooltip. */
import './Button.css';
import type { ButtonHTMLAttributes, ReactNode } from 'react';

type NativeProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'type'>;

interface ButtonProps extends NativeProps {
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 's' | 'm' | 'l';
  readonly icon?: ReactNode;
  /** Submits the form that it stands in. */
  readonly submit?: boolean;
}

export function Button({
  kind = 'plain',
  size = 'm',
  icon,
  submit = false,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={submit ? 'submit' : 'button'}
      className={`button button-${kind} button-${size}`}
      {...rest}
    >
      {icon}
      <span>{children}</span>
    </button>
  );
}

interface IconButtonProps extends NativeProps {
  readonly label: string;
  /** Shown after the label in the tooltip, e.g. `N`. */
  readonly shortcut?: string | undefined;
  readonly children: ReactNode;
  readonly strong?: boolean;
}

export function IconButton({
  label,
  shortcut,
  strong = false,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      className={strong ? 'icon-button icon-button-strong' : 'icon-button'}
      aria-label={label}
      title={shortcut ? `${label} (${shortcut})` : label}
      {...rest}
    >
      {children}
    </button>
  );
}
