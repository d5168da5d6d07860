/** The form of a new study: where the region comes from, how much is measured, and what it costs. */
import { Play } from 'lucide-react';
import { useMemo } from 'react';
import { checkStudyAmount } from '../../../core/study/validate.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { useCommand, useLabState } from '../../page/lab.ts';
import { useStudy } from '../useStudy.ts';
import { AmountFields } from './AmountFields.tsx';
import { planned } from './plan.ts';
import { RegionSource } from './RegionSource.tsx';
import { StudyCost } from './StudyCost.tsx';
import { VariantFields } from './VariantFields.tsx';

export function SetupForm() {
  const command = useCommand();
  const draft = useStudy((study) => study.draft);
  const next = useLabState((state) => state.draft.config);
  const plan = useMemo(() => planned(draft, next), [draft, next]);
  const issues = plan.ok ? checkStudyAmount(plan.study.config, plan.study.amount) : [];
  const start = () =>
    command(async ({ studies }) => {
      if (plan.ok) await studies.begin(plan.study.config, plan.study.amount);
    });
  return (
    <section className="panel setup-form" aria-labelledby="setup-title">
      <h2 id="setup-title">A study of your own</h2>
      <RegionSource draft={draft} plan={plan} />
      {plan.ok ? (
        <>
          <AmountFields draft={draft} study={plan.study} issues={issues} />
          <VariantFields draft={draft} study={plan.study} />
          <StudyCost study={plan.study} />
        </>
      ) : (
        <Banner tone="error" title="This study cannot run" testId="setup-issue">
          <p>{plan.why}</p>
        </Banner>
      )}
      <div className="setup-actions">
        <Button
          kind="primary"
          size="l"
          icon={<Play size={18} aria-hidden />}
          data-testid="study-start"
          disabled={!plan.ok || issues.length > 0}
          onClick={start}
        >
          Start measuring
        </Button>
      </div>
    </section>
  );
}
