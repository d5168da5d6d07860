/** Asks for more of the open study; what is measured stays. */
import { useState } from 'react';
import type { StudyAmount, StudyConfig } from '../../../core/study/config.ts';
import { distinctCount, MOST_ARCHITECTURES } from '../../../core/study/select.ts';
import { timeLeft } from '../../../core/study/time.ts';
import { checkStudyAmount } from '../../../core/study/validate.ts';
import { askForMore } from '../../../state/commands.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { knownSpeed, workersHere } from '../../costs/speed.ts';
import { useCommand, useLab, useLabState } from '../../page/lab.ts';
import { useStudy } from '../useStudy.ts';
import { AmountControls } from './AmountFields.tsx';
import { TakesAbout } from './StudyCost.tsx';

export function MoreDialog() {
  const { store } = useLab();
  const open = useStudy((study) => study.adding);
  const config = useStudy((study) => study.view.config);
  const amount = useStudy((study) => study.view.amount);
  const close = () => askForMore(store, false);
  return (
    <Dialog open={open && config !== null} title="Add more" onClose={close}>
      {config && amount && <MoreForm config={config} before={amount} onDone={close} />}
    </Dialog>
  );
}

interface MoreFormProps {
  readonly config: StudyConfig;
  readonly before: StudyAmount;
  readonly onDone: () => void;
}

function MoreForm({ config, before, onDone }: MoreFormProps) {
  const { store } = useLab();
  const command = useCommand();
  const workers = useLabState(workersHere);
  const view = useStudy((study) => study.view);
  const recorded = useStudy((study) => study.recorded);
  const most = Math.min(distinctCount(config.region), MOST_ARCHITECTURES);
  const [amount, setAmount] = useState<StudyAmount>({
    ...before,
    architectures: Math.min(most, before.architectures + 8),
    seeds: before.architectures >= most ? before.seeds + 1 : before.seeds,
  });
  const issues = checkStudyAmount(config, amount);
  const left =
    issues.length === 0
      ? timeLeft({ ...view, amount }, workers, knownSpeed(store.getState()).speed)
      : null;
  const same =
    amount.architectures <= before.architectures &&
    amount.seeds <= before.seeds &&
    amount.supernets <= before.supernets;
  const add = () => {
    onDone();
    command(({ studies }) => studies.extend({ amount }));
  };
  return (
    <div className="more-form">
      <p>
        Nothing measured so far is lost or done again.
        {recorded && ' The recorded study stays as it is; a copy of it goes on here.'}
      </p>
      <AmountControls
        amount={amount}
        most={most}
        fewest={before}
        issues={issues}
        changed={(path) => amount[path] !== before[path]}
        onChange={setAmount}
      />
      <p className="study-time">{left && !same && <TakesAbout time={left} />}</p>
      <div className="setup-actions">
        <Button
          kind="primary"
          data-testid="more-start"
          disabled={same || issues.length > 0}
          onClick={add}
        >
          Measure more
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </div>
  );
}
