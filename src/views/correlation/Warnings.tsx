/** What limits the conclusions, ahead of them. */
import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { Reported } from './useStudy.ts';

export const Warnings = memo(function Warnings({ reported }: { readonly reported: Reported }) {
  const { warnings } = reported.report.analysis;
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
