/** What is measured besides: ways to train the supernet, proxies, readouts on the way. */
import { defaultVariants } from '../../../core/study/defaults.ts';
import { STUDY_BOUNDS } from '../../../core/study/validate.ts';
import type { PlannedStudy, StudyDraft } from '../../../state/study/draft.ts';
import { FieldControl } from '../../../ui/FieldControl.tsx';
import { useEditDraft } from './plan.ts';

const ABOUT: { readonly [id: string]: string } = {
  gumbel: 'Gumbel-softmax: fresh noise on the mixing weights at every step',
  softmax: 'Plain softmax of α',
  'gumbel-hard': 'Gumbel-softmax, one path a step (straight-through)',
};

interface VariantFieldsProps {
  readonly draft: StudyDraft;
  readonly study: PlannedStudy;
}

export function VariantFields({ draft, study }: VariantFieldsProps) {
  const edit = useEditDraft();
  const { config } = study;
  const chosen = config.variants.map(({ id }) => id);
  const [fewest, most] = STUDY_BOUNDS.checkpoints;
  const toggle = (id: string, on: boolean) => {
    const variants = on ? [...chosen, id] : chosen.filter((one) => one !== id);
    if (variants.length > 0) edit({ variants });
  };
  return (
    <details className="settings-group">
      <summary>
        <h3 className="settings-title">Rankers</h3>
        <span className="settings-count">
          {chosen.join(' + ')}
          {config.proxies ? ' + zero-cost proxies' : ''}
        </span>
      </summary>
      <fieldset className="variant-list">
        <legend>Supernets are trained with</legend>
        {defaultVariants(config.run).map(({ id }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              data-testid={`variant-${id}`}
              onChange={(event) => toggle(id, event.target.checked)}
            />
            {ABOUT[id] ?? id}
          </label>
        ))}
      </fieldset>
      <FieldControl
        field={{
          kind: 'boolean',
          path: 'proxies',
          label: 'Zero-cost proxies',
          help: 'synflow, grad-norm, snip, naswot and jacob-cov of every architecture, untrained.',
        }}
        value={draft.proxies}
        issue={undefined}
        changed={!draft.proxies}
        onChange={(value) => edit({ proxies: value === true })}
      />
      <FieldControl
        field={{
          kind: 'integer',
          path: 'checkpoints',
          label: 'Readouts on the way',
          help: 'Of each supernet before its last step: did the ranks settle? Each costs about as much as the training.',
          minimum: fewest,
          maximum: most,
        }}
        value={draft.checkpoints}
        issue={undefined}
        changed={false}
        onChange={(value) => {
          if (typeof value === 'number' && Number.isInteger(value)) {
            edit({ checkpoints: Math.min(most, Math.max(fewest, value)) });
          }
        }}
      />
    </details>
  );
}
