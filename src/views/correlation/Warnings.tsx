/** What limits the conclusions, ahead of them. */
import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { AnalysisWarning } from '../../core/study/analysisTypes.ts';
import { studyTrains } from '../../state/trains.ts';
import { useLabState } from '../page/lab.ts';
import type { Reported } from './useStudy.ts';

/** What is true of every study that is not finished, and shown by its progress. */
const PASSING: readonly AnalysisWarning['kind'][] = ['unmeasured', 'unscored'];

export const Warnings = memo(function Warnings({ reported }: { readonly reported: Reported }) {
  const growing = useLabState(studyTrains);
  const warnings = reported.report.analysis.warnings.filter(
    ({ kind }) => !(growing && PASSING.includes(kind)),
  );
  if (warnings.length === 0) return null;
  return (
    <ul className="study-warnings" aria-label="What limits these figures" data-testid="warnings">
      {warnings.map(({ kind, message }) => (
        <li key={kind} data-kind={kind}>
          <TriangleAlert size={15} aria-hidden />
          <span>{message}</span>
        </li>
      ))}
    </ul>
  );
});
