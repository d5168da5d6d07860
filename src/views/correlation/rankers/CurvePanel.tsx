/** The correlation while the supernets trained: did the ranks settle? */
import { useMemo } from 'react';
import { correlationChart } from '../../../viz/correlation/index.ts';
import { ChartPanel } from '../../ChartPanel.tsx';
import { useLab } from '../../page/lab.ts';
import { curveModel } from '../models.ts';
import { type Reported, useChoose, useStudy } from '../useStudy.ts';

export function CurvePanel({ reported }: { readonly reported: Reported }) {
  const { view, report, ranker } = reported;
  const { studies } = useLab();
  const choose = useChoose();
  const figure = useStudy((study) => (study.chosen.figure === 'tauB' ? 'tauB' : 'spearman'));
  const model = useMemo(
    () => curveModel(view, report, ranker, figure),
    [view, report, ranker, figure],
  );
  return (
    <ChartPanel
      testId="curve"
      title="While the supernet trained"
      help="The correlation had the supernets been read at each step, replayed from the log: rankers of weights at every report, rankers of losses at the readouts. A curve that still moves at the end has not settled."
      kind={correlationChart}
      model={model}
      height={330}
      file="fade-correlation-curve"
      onSelect={(key) => {
        choose({ ranker: key, pair: null });
        studies.analyse();
      }}
      empty={<p>The curve appears once a supernet is trained.</p>}
    />
  );
}
