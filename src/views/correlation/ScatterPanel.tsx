/** Predicted against true, as values or as ranks. */
import { useMemo } from 'react';
import { rankScatterChart } from '../../viz/rankScatter/index.ts';
import type { RankScatterModel } from '../../viz/rankScatter/model.ts';
import { ChartPanel } from '../ChartPanel.tsx';
import { scatterModel } from './models.ts';
import { type Reported, useBrush, useChoose, useStudy } from './useStudy.ts';

const AXES: readonly { readonly id: RankScatterModel['axis']; readonly name: string }[] = [
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
    <fieldset className="segmented" aria-label="Axes">
      {AXES.map(({ id, name }) => (
        <label key={id} data-testid={`axis-${id}`}>
          <input
            type="radio"
            name="study-axis"
            checked={axis === id}
            onChange={() => choose({ axis: id })}
          />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}
