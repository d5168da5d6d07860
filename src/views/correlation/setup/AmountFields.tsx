/** How much is measured: fields with their bounds, for a new study and for more of an open one. */
import type { FieldIssue, NumberField } from '../../../core/fields.ts';
import { FEWEST_ARCHITECTURES, type StudyAmount } from '../../../core/study/config.ts';
import { distinctCount, MOST_ARCHITECTURES } from '../../../core/study/select.ts';
import { STUDY_BOUNDS } from '../../../core/study/validate.ts';
import type { PlannedStudy, StudyDraft } from '../../../state/study/draft.ts';
import { FieldControl } from '../../../ui/FieldControl.tsx';
import { useEditDraft } from './plan.ts';

type AmountField = NumberField & { readonly path: keyof StudyAmount };

const NONE: StudyAmount = { architectures: 0, seeds: 0, supernets: 0 };

/** @param most Architectures there are. @param fewest What is asked for already. */
function amountFields(most: number, fewest: StudyAmount = NONE): readonly AmountField[] {
  const [fewestSeeds, mostSeeds] = STUDY_BOUNDS.seeds;
  const [fewestSupernets, mostSupernets] = STUDY_BOUNDS.supernets;
  return [
    {
      kind: 'integer',
      path: 'architectures',
      label: 'Architectures',
      help: 'Trained alone, spread over the predicted order. 30 or more make intervals usable.',
      minimum: Math.max(FEWEST_ARCHITECTURES, fewest.architectures),
      maximum: most,
    },
    {
      kind: 'integer',
      path: 'seeds',
      label: 'Seeds of each',
      help: 'Trainings of every architecture. Two or more tell how noisy the truth is.',
      minimum: Math.max(fewestSeeds, fewest.seeds),
      maximum: mostSeeds,
    },
    {
      kind: 'integer',
      path: 'supernets',
      label: 'Supernets',
      help: 'Trained with different seeds; their average ranks better than one.',
      minimum: Math.max(fewestSupernets, fewest.supernets),
      maximum: mostSupernets,
    },
  ];
}

const asNumber = (value: unknown) => (typeof value === 'number' ? value : Number.NaN);

interface AmountControlsProps {
  readonly amount: StudyAmount;
  /** Architectures there are. */
  readonly most: number;
  /** What is asked for already. */
  readonly fewest?: StudyAmount;
  readonly issues: readonly FieldIssue[];
  readonly changed: (path: keyof StudyAmount) => boolean;
  /** Gets what was typed; NaN for what is no number. */
  readonly onChange: (amount: StudyAmount) => void;
}

export function AmountControls(props: AmountControlsProps) {
  const { amount, most, fewest, issues, changed, onChange } = props;
  return amountFields(most, fewest).map((field) => (
    <FieldControl
      key={field.path}
      field={field}
      value={amount[field.path]}
      issue={issues.find((one) => one.field === `amount.${field.path}`)}
      changed={changed(field.path)}
      onChange={(value) => onChange({ ...amount, [field.path]: asNumber(value) })}
    />
  ));
}

interface AmountFieldsProps {
  readonly draft: StudyDraft;
  readonly study: PlannedStudy;
  readonly issues: readonly FieldIssue[];
}

export function AmountFields({ draft, study, issues }: AmountFieldsProps) {
  const edit = useEditDraft();
  const { config, amount } = study;
  const most = Math.min(distinctCount(config.region), MOST_ARCHITECTURES);
  const [fewest, highest] = STUDY_BOUNDS.steps;
  return (
    <div className="setup-fields">
      <AmountControls
        amount={amount}
        most={most}
        issues={issues}
        changed={() => draft.touched}
        onChange={(next) => edit({ ...next, touched: true })}
      />
      <FieldControl
        field={{
          kind: 'integer',
          path: 'steps',
          label: 'Steps of each training',
          help: 'Of an architecture alone; as many as a supernet unless you change it.',
          minimum: fewest,
          maximum: highest,
        }}
        value={config.steps}
        issue={undefined}
        changed={draft.steps !== null}
        onChange={(value) => {
          const steps = asNumber(value);
          const sound = Number.isInteger(steps) && steps >= fewest && steps <= highest;
          edit({ steps: sound ? steps : null });
        }}
      />
    </div>
  );
}
