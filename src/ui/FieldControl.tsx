/** One option of the config as a form control, generated from its field: label, bounds, unit, help. */
import { useEffect, useId, useState } from 'react';
import type { ChoiceField, Field, FieldIssue, NumberField, PerStageField } from '../core/fields.ts';
import { lazily } from '../core/format.ts';

interface FieldControlProps {
  readonly field: Field;
  readonly value: unknown;
  readonly issue: FieldIssue | undefined;
  readonly changed: boolean;
  readonly onChange: (value: unknown) => void;
}

export function FieldControl({ field, value, issue, changed, onChange }: FieldControlProps) {
  const id = useId();
  const described = issue ? `${id}-help ${id}-issue` : `${id}-help`;
  const control = { id, 'aria-describedby': described, 'aria-invalid': issue !== undefined };
  return (
    <div className="field" data-field={field.path} data-changed={changed || undefined}>
      <label htmlFor={id}>{field.label}</label>
      <div className="field-input">
        <Control field={field} value={value} control={control} onChange={onChange} />
        <span className="field-unit">{unitOf(field)}</span>
      </div>
      <p className="field-help" id={`${id}-help`}>
        {helpOf(field, value)}
      </p>
      {issue && (
        <p className="field-issue" id={`${id}-issue`}>
          {issue.value} is not allowed: it must be {issue.bound}. Suggestion: {issue.suggestion}.
        </p>
      )}
    </div>
  );
}

const helpOf = (field: Field, value: unknown) => {
  const chosen = field.kind === 'choice' && field.choices.find((choice) => choice.value === value);
  return chosen && chosen.help !== ''
    ? `${field.help} ${chosen.label}: ${chosen.help}`
    : field.help;
};

const bounds = lazily(() => new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 12 }));
const formatBound = (value: number) => bounds().format(value);

const unitOf = (field: Field) => {
  const range =
    field.kind === 'boolean' || field.kind === 'choice'
      ? ''
      : `${formatBound(field.minimum)}–${formatBound(field.maximum)}`;
  return [field.unit, range].filter(Boolean).join(' · ');
};

interface ControlAttributes {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}

interface ControlProps<F> {
  readonly field: F;
  readonly value: unknown;
  readonly control: ControlAttributes;
  readonly onChange: (value: unknown) => void;
}

function Control({ field, value, control, onChange }: ControlProps<Field>) {
  switch (field.kind) {
    case 'boolean':
      return (
        <input
          type="checkbox"
          className="switch"
          {...control}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      );
    case 'choice':
      return <ChoiceControl field={field} value={value} control={control} onChange={onChange} />;
    case 'integer':
    case 'number':
      return <NumberControl field={field} value={value} control={control} onChange={onChange} />;
    case 'per-stage':
      return <PerStageControl field={field} value={value} control={control} onChange={onChange} />;
    default:
      return field satisfies never;
  }
}

function ChoiceControl({ field, value, control, onChange }: ControlProps<ChoiceField>) {
  return (
    <select
      {...control}
      value={String(value)}
      onChange={(event) => {
        const choice = field.choices.find((one) => String(one.value) === event.target.value);
        if (choice) onChange(choice.value);
      }}
    >
      {field.choices.map((choice) => (
        <option key={choice.value} value={String(choice.value)}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

/** Keeps what is being typed, so that "0." or an empty box is not rewritten under the cursor. */
function useDraft(shown: string) {
  const [draft, setDraft] = useState(shown);
  const [focused, setFocused] = useState(false);
  useEffect(() => {
    if (!focused) setDraft(shown);
  }, [shown, focused]);
  return {
    draft,
    setDraft,
    focus: { onFocus: () => setFocused(true), onBlur: () => setFocused(false) },
  };
}

const toNumber = (text: string): number | string => {
  const number = Number(text.trim());
  return text.trim() === '' || !Number.isFinite(number) ? text.trim() : number;
};

function NumberControl({ field, value, control, onChange }: ControlProps<NumberField>) {
  const { draft, setDraft, focus } = useDraft(String(value));
  return (
    <input
      type="text"
      inputMode={field.kind === 'integer' ? 'numeric' : 'decimal'}
      autoComplete="off"
      {...control}
      {...focus}
      value={draft}
      onChange={(event) => {
        setDraft(event.target.value);
        onChange(toNumber(event.target.value));
      }}
    />
  );
}

function PerStageControl({ value, control, onChange }: ControlProps<PerStageField>) {
  const { draft, setDraft, focus } = useDraft(
    Array.isArray(value) ? value.join(', ') : String(value),
  );
  return (
    <input
      type="text"
      inputMode="numeric"
      autoComplete="off"
      {...control}
      {...focus}
      value={draft}
      onChange={(event) => {
        setDraft(event.target.value);
        const parts = event.target.value.split(/[\s,]+/).filter(Boolean);
        onChange(parts.map(toNumber));
      }}
    />
  );
}
