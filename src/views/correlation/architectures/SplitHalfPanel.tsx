/** Half of the seeds against the other half: how well the truth predicts itself. */
import { useMemo } from 'react';
import { splitHalfChart } from '../../../viz/splitHalf/index.ts';
import { ChartPanel } from '../../ChartPanel.tsx';
import { splitHalfModel } from '../models.ts';
import { type Reported, useBrush, useStudy } from '../useStudy.ts';

export function SplitHalfPanel({ reported }: { readonly reported: Reported }) {
  const { view, report } = reported;
  const onSelect = useBrush();
  const selected = useStudy((study) => study.chosen.architectures);
  const model = useMemo(() => splitHalfModel(view, report, selected), [view, report, selected]);
  return (
    <ChartPanel
      testId="split-half"
      title="Is the truth reliable?"
      help="Mean accuracy over half of the seeds against the other half. No ranker can agree with the truth better than the truth agrees with itself: that is the noise ceiling."
      kind={splitHalfChart}
      model={model}
      file="fade-split-half"
      onSelect={onSelect}
      empty={<p>Two seeds of each architecture are needed to see how noisy the truth is.</p>}
    />
  );
}
