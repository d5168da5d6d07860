/** Predicted against true, as values or as ranks. */
import { useMemo } from 'react';
import { Segmented, type SegmentedOption } from '../../../ui/Segmented.tsx';
import { rankScatterChart } from '../../../viz/rankScatter/index.ts';
import type { RankScatterModel } from '../../../viz/rankScatter/model.ts';
import { ChartPanel } from '../../ChartPanel.tsx';
import { scatterModel } from '../models.ts';
import { type Reported, useBrush, useChoose, useStudy } from '../useStudy.ts';

const AXES: readonly SegmentedOption<RankScatterModel['axis']>[] = [
  { id: 'ranks', name: 'Ranks' },
  { id: 'values', name: 'Values' },
];

export function ScatterPanel({ reported }: { readonly reported: Reported }) {
  const { view, report, ranker } = reported;
  const onSelect = useBrush();
  const axis = useStudy((study) => study.chosen.axis);
  const selected = useStudy((study) => study.chosen.architectures);
  const pair = useStudy((study) => study.chosen.pair);
  const model = useMemo(
    () => scatterModel(view, report, ranker, axis, { selected, pair }),
    [view, report, ranker, axis, selected, pair],
  );
  return (
    <ChartPanel
      testId="scatter"
      title={`${ranker.name} against the truth`}
      help="Each point is an architecture: what the ranker predicts, and what it reached when trained alone. Drag to choose several; hover to see its cells."
      kind={rankScatterChart}
      model={model}
      file={`fade-correlation-${ranker.id}`}
      onSelect={onSelect}
      aside={<AxisToggle axis={axis} />}
      empty={null}
    />
  );
}

function AxisToggle({ axis }: { readonly axis: RankScatterModel['axis'] }) {
  const choose = useChoose();
  return (
    <Segmented
      legend="Axes"
      legendHidden
      options={AXES}
      chosen={axis}
      testPrefix="axis"
      onChoose={(id) => choose({ axis: id })}
    />
  );
}
