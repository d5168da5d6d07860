/** What one gets by trusting the top of the ranking. */
import { useMemo } from 'react';
import { topKChart } from '../../../viz/topK/index.ts';
import { ChartPanel } from '../../ChartPanel.tsx';
import { topKModel } from '../models.ts';
import { type Reported, useBrush, useChoose, useStudy } from '../useStudy.ts';

export function TopKPanel({ reported }: { readonly reported: Reported }) {
  const { view, report, ranker } = reported;
  const choose = useChoose();
  const onSelect = useBrush();
  const k = useStudy((study) => study.chosen.k);
  const selected = useStudy((study) => study.chosen.architectures);
  const model = useMemo(
    () => topKModel(view, report, ranker, k, selected),
    [view, report, ranker, k, selected],
  );
  return (
    <ChartPanel
      testId="top-k"
      title="Trusting the top"
      help="Architectures in the order of truth; filled are the k that the ranker puts first. Regret is the accuracy lost if the best of those k is taken."
      kind={topKChart}
      model={model}
      height={300}
      file={`fade-top-${k}-${ranker.id}`}
      onSelect={onSelect}
      before={
        model && (
          <label className="top-slider">
            <span>
              Top <strong>{model.k}</strong> of {model.architectures.length}
            </span>
            <input
              type="range"
              min={1}
              max={model.architectures.length}
              value={model.k}
              data-testid="top-slider"
              onChange={(event) => choose({ k: Number(event.target.value) })}
            />
          </label>
        )
      }
      empty={<p>Three architectures with a score and an accuracy are needed.</p>}
    />
  );
}
