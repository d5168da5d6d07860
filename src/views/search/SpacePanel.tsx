/** The space: stages top to bottom, candidates side by side, mixing weights around the line 1/k. */
import { useMemo } from 'react';
import { currentRegion } from '../../core/run/regionView.ts';
import { parseCandidateKey } from '../../viz/shared/keys.ts';
import { spaceChart } from '../../viz/space/index.ts';
import { ChartPanel } from '../ChartPanel.tsx';
import { useLab, useLabState } from '../page/lab.ts';
import { CorrelateButton } from './CorrelateButton.tsx';
import { EmptyRun } from './EmptyRun.tsx';
import { spaceModel } from './models.ts';
import { choose, hover, useSelection } from './selection.ts';

const onHover = (key: string | null) => {
  const at = key === null ? null : parseCandidateKey(key);
  hover(at && [at]);
};

export function SpacePanel() {
  const { store } = useLab();
  const view = useLabState((state) => state.view);
  const { hovered, selected } = useSelection();
  const generation = currentRegion(view)?.index ?? 0;
  const highlighted = useMemo(() => {
    if (hovered) return hovered;
    if (!selected || selected.generation !== generation) return null;
    return selected.kind === 'cell'
      ? [selected.at]
      : selected.choice.map((candidate, stage) => ({ stage, candidate }));
  }, [hovered, selected, generation]);
  const model = useMemo(() => spaceModel(view, highlighted), [view, highlighted]);
  const onSelect = useMemo(
    () => (key: string) => {
      const at = parseCandidateKey(key);
      const here = currentRegion(store.getState().view);
      if (at && here) choose({ kind: 'cell', generation: here.index, at });
    },
    [store],
  );
  return (
    <ChartPanel
      className="panel-space"
      testId="space-chart"
      title="The space"
      help="Each row is a stage of the network, each drawing a candidate cell. The bar is the share α gives it; the line marks an equal share of 1/k. The bold path is the best-ranked architecture so far. Choose a cell to open it."
      kind={spaceChart}
      model={model}
      fill
      file={`fade-space-generation-${generation + 1}`}
      aside={<CorrelateButton testId="correlate-region" />}
      onHover={onHover}
      onSelect={onSelect}
      empty={<EmptyRun>The candidates of a run appear here, stage by stage.</EmptyRun>}
    />
  );
}
