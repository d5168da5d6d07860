/** The outer search: population with lineage, θ with its pseudo-gradient, and why a child was born. */
import { useMemo } from 'react';
import { currentRegion, regionsOf } from '../../core/run/regionView.ts';
import { evolutionChart } from '../../viz/evolution/index.ts';
import { parseMemberKey } from '../../viz/shared/keys.ts';
import { thetaChart } from '../../viz/theta/index.ts';
import { ChartPanel } from '../ChartPanel.tsx';
import { useLabState } from '../page/lab.ts';
import { EmptyRun } from './EmptyRun.tsx';
import { evolutionModel, thetaModel } from './models.ts';
import { explainOrigin } from './origins.ts';
import { choose, useSelection } from './selection.ts';

const onSelect = (key: string) => {
  const member = parseMemberKey(key);
  if (!member) return;
  const { generation, stage, candidate } = member;
  choose({ kind: 'cell', generation, at: { stage, candidate } });
};

export function PopulationPanel() {
  const view = useLabState((state) => state.view);
  const selected = useSelection((state) => state.selected);
  const member = useMemo(
    () => (selected?.kind === 'cell' ? { generation: selected.generation, ...selected.at } : null),
    [selected],
  );
  const model = useMemo(() => evolutionModel(view, member), [view, member]);
  const origin = member
    ? regionsOf(view).find((one) => one.index === member.generation)?.origins[member.stage]?.[
        member.candidate
      ]
    : undefined;
  return (
    <ChartPanel
      testId="evolution-chart"
      title="Population"
      help="Every candidate of every generation, by stage. The badge tells where it came from; lines follow elites from one generation to the next. Choose one to learn why it was born."
      kind={evolutionChart}
      fill
      model={model}
      file="fade-population"
      onSelect={onSelect}
      after={
        <p className="why-born" role="status">
          {origin && view.config
            ? explainOrigin(view.config, origin)
            : 'Choose a candidate to learn why it was born.'}
        </p>
      }
      empty={<EmptyRun>Generations and their candidates are drawn here.</EmptyRun>}
    />
  );
}

export function ThetaPanel() {
  const view = useLabState((state) => state.view);
  const generation = useMemo(() => currentRegion(view), [view]);
  const model = useMemo(() => thetaModel(view), [view]);
  return (
    <ChartPanel
      testId="theta-chart"
      title="Edge probabilities θ"
      help="How likely each possible edge is to be drawn: the wider and darker, the likelier. Once the candidates are ranked, signed arrows show the pseudo-gradient: which edges the next generation will favour or shun."
      kind={thetaChart}
      fill
      model={model}
      file={`fade-theta-generation-${(generation?.index ?? 0) + 1}`}
      empty={<p>Edge probabilities appear with the first generation.</p>}
    />
  );
}
