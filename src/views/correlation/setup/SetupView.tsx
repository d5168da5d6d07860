/** Before there is a study: what it is good for, the form to start one, and those that exist. */
import './setup.css';
import { X } from 'lucide-react';
import { setUpStudy } from '../../../state/commands.ts';
import { Button } from '../../../ui/Button.tsx';
import { useLab } from '../../page/lab.ts';
import { LoadBar } from '../../shell/LoadBar.tsx';
import { useStudy } from '../useStudy.ts';
import { SetupForm } from './SetupForm.tsx';
import { ShippedStudies, StoredStudies } from './StudyLists.tsx';

export function SetupView() {
  const { store } = useLab();
  const open = useStudy((study) => study.log?.title ?? null);
  return (
    <div className="screen-frame" data-testid="study-setup">
      <header className="study-intro">
        <p className="eyebrow">Correlation</p>
        <h1>Do the ranks tell the truth?</h1>
        <p className="lead">
          One supernet ranks every architecture of a region. To know how far to trust it, some of
          them are trained alone, each from scratch, and the two orders are compared, side by side
          with cheaper rankers and with plain size.
        </p>
        <LoadBar />
        {open !== null && (
          <Button
            kind="quiet"
            size="s"
            icon={<X size={15} aria-hidden />}
            onClick={() => setUpStudy(store, false)}
          >
            Back to “{open}”
          </Button>
        )}
      </header>
      <div className="setup-columns">
        <SetupForm />
        <div className="setup-lists">
          <ShippedStudies />
          <StoredStudies />
        </div>
      </div>
    </div>
  );
}
