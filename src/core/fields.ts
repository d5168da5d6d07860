/**
 * Option fields as plain data. One table drives validation, the settings drawer, the command line's
 * help and the share links: to add an option is to add one field.
 */
interface FieldBase {
  /** Where the value sits in the config, e.g. `space.vertices`. */
  readonly path: string;
  readonly label: string;
  /** One line: what it does. */
  readonly help: string;
  readonly unit?: string;
}

export interface NumberField extends FieldBase {
  readonly kind: 'integer' | 'number';
  readonly minimum: number;
  readonly maximum: number;
}

export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly choices: readonly {
    readonly value: string | number;
    readonly label: string;
    readonly help: string;
  }[];
}

export interface BooleanField extends FieldBase {
  readonly kind: 'boolean';
}

/** A list of integers, one for each stage. */
export interface PerStageField extends FieldBase {
  readonly kind: 'per-stage';
  readonly minimum: number;
  readonly maximum: number;
}

export type Field = NumberField | ChoiceField | BooleanField | PerStageField;

export interface FieldGroup {
  readonly id: string;
  readonly label: string;
  readonly fields: readonly Field[];
}

/** What is wrong with one field, in words a user can act on. */
export interface FieldIssue {
  readonly field: string;
  readonly value: string;
  /** What is allowed. */
  readonly bound: string;
  readonly suggestion: string;
}

const show = (value: unknown) => (value === undefined ? 'missing' : JSON.stringify(value));

function numberIssue(field: NumberField | PerStageField, value: unknown): string | null {
  const whole = field.kind !== 'number';
  const bound = `${whole ? 'a whole number' : 'a number'} from ${field.minimum} to ${field.maximum}`;
  const valid =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (!whole || Number.isInteger(value)) &&
    value >= field.minimum &&
    value <= field.maximum;
  return valid ? null : bound;
}

function boundOf(field: Field, value: unknown): string | null {
  switch (field.kind) {
    case 'integer':
    case 'number':
      return numberIssue(field, value);
    case 'boolean':
      return typeof value === 'boolean' ? null : 'true or false';
    case 'choice':
      return field.choices.some((choice) => choice.value === value)
        ? null
        : `one of ${field.choices.map((choice) => choice.value).join(', ')}`;
    case 'per-stage':
      return Array.isArray(value) && value.every((item) => numberIssue(field, item) === null)
        ? null
        : `a list of whole numbers from ${field.minimum} to ${field.maximum}, one for each stage`;
    default:
      return field satisfies never;
  }
}

/** Nearest allowed value, as advice. */
function suggest(field: Field, value: unknown): string {
  if ((field.kind === 'integer' || field.kind === 'number') && typeof value === 'number') {
    const rounded = field.kind === 'integer' ? Math.round(value) : value;
    return `use ${Math.min(field.maximum, Math.max(field.minimum, rounded))}`;
  }
  if (field.kind === 'choice') return `use ${field.choices[0]?.value}`;
  return `correct or leave out ${field.path}`;
}

/** Checks one value against its field; null if it is allowed. */
export function checkField(field: Field, value: unknown): FieldIssue | null {
  const bound = boundOf(field, value);
  return bound === null
    ? null
    : { field: field.path, value: show(value), bound, suggestion: suggest(field, value) };
}
