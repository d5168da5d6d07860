/** How much is measured: fields with their bounds, and issues where they stand. */
import type { FieldIssue } from '../../../core/run/fields.ts';
import { distinctCount, MOST_ARCHITECTURES } from '../../../core/study/select.ts';
import { STUDY_BOUNDS } from '../../../core/study/validate.ts';
import type { PlannedStudy, StudyDraft } from '../../../state/study/draft.ts';
import { FieldControl } from '../../../ui/FieldControl.tsx';
import { amountFields } from './amount.ts';
import { useEditDraft } from './plan.ts';

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
  const asNumber = (value: unknown) => (typeof value === 'number' ? value : Number.NaN);
  return (
    <div className="setup-fields">
      {amountFields(most).map((field) => (
        <FieldControl
          key={field.path}
          field={field}
          value={amount[field.path]}
          issue={issues.find((one) => one.field === `amount.${field.path}`)}
          changed={draft.touched}
          onChange={(value) => edit({ ...amount, [field.path]: asNumber(value), touched: true })}
        />
      ))}
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
