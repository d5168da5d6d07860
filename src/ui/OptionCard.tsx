/** A radio button or a tick box with its name and, under it, what it means. */
import './OptionCard.css';
import type { ReactNode } from 'react';

interface OptionCardProps {
  readonly label: ReactNode;
  readonly help: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Radio buttons of one name exclude each other; without a name it is a tick box. */
  readonly group?: string;
  readonly testId: string;
}

export function OptionCard({ label, help, checked, onChange, group, testId }: OptionCardProps) {
  return (
    <label className="option-card" data-testid={testId}>
      <input
        type={group === undefined ? 'checkbox' : 'radio'}
        name={group}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        <strong>{label}</strong>
        <span className="note-text">{help}</span>
      </span>
    </label>
  );
}
