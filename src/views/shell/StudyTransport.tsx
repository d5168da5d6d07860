/** The bar on top while a correlation study is on the screen: its state, and its pause. */
import type { StudyStatus } from '../../state/study/slice.ts';
import { studyTrains } from '../../state/trains.ts';
import { useLabState } from '../page/lab.ts';
import { ActionButton } from './ActionButton.tsx';

const STATUS: { readonly [status in StudyStatus]: readonly [word: string, tone: string] } = {
  idle: ['Ready', 'plain'],
  starting: ['Starting', 'plain'],
  measuring: ['Measuring', 'good'],
  paused: ['Paused', 'warn'],
  failed: ['Failed', 'bad'],
  finished: ['Finished', 'good'],
};

export function StudyButtons() {
  const trains = useLabState(studyTrains);
  return (
    <div className="transport-buttons" role="toolbar" aria-label="Transport">
      <ActionButton id="toggle-study" testId="study-play" strong pressed={trains} />
      <span className="transport-gap" />
      <ActionButton id="study-export" testId="export-study" />
      <ActionButton id="open" testId="open-run" />
    </div>
  );
}

export function StudyReadout() {
  const open = useLabState(({ study }) => study.log !== null);
  const title = useLabState(({ study }) => study.log?.title ?? 'No study yet');
  const recorded = useLabState(({ study }) => study.recorded);
  const status = useLabState(({ study }) => study.status);
  const trained = useLabState(({ study }) =>
    study.view.architectures.reduce((sum, one) => sum + one.evaluations.length, 0),
  );
  const [word, tone] = recorded ? ['Recorded', 'accent'] : STATUS[status];
  return (
    <div className="readout">
      <p className="readout-main">
        <span className="readout-title">{title}</span>
        {open && (
          <span className={`badge badge-${tone}`} data-testid="study-badge">
            {word}
          </span>
        )}
      </p>
      <p className="readout-sub">
        <span>{open ? `${trained} trainings alone` : 'Choose a region and start measuring'}</span>
      </p>
    </div>
  );
}
