/** The supernet in training: loss and accuracy, α streams, and how fast it goes. */
import { useMemo } from 'react';
import {
  formatCount,
  formatDecimal,
  formatFlops,
  formatPercent,
  formatRange,
} from '../../core/format.ts';
import { deviceLossSentence } from '../../core/run/deviceLoss.ts';
import { currentGeneration } from '../../core/run/reducer.ts';
import { alphaChart } from '../../viz/alpha/index.ts';
import { trainingChart } from '../../viz/training/index.ts';
import { ChartPanel } from '../ChartPanel.tsx';
import { useLabState } from '../page/lab.ts';
import { EmptyRun } from './EmptyRun.tsx';
import { alphaModel, trainingModel } from './models.ts';

export function CurvesPanel() {
  const view = useLabState((state) => state.view);
  const model = useMemo(() => trainingModel(view), [view]);
  return (
    <ChartPanel
      className="panel-curves"
      testId="training-chart"
      title="Loss and accuracy"
      help="Mean loss and accuracy of the mixed supernet on its training batches, over all generations; each begins anew."
      kind={trainingChart}
      fill
      model={model}
      file="fade-training"
      before={<Gauges />}
      after={<LossNote />}
      empty={<EmptyRun>Loss and accuracy are drawn here as soon as a supernet trains.</EmptyRun>}
    />
  );
}

export function AlphaPanel() {
  const view = useLabState((state) => state.view);
  const generation = currentGeneration(view);
  const model = useMemo(
    () => (view.config && generation ? alphaModel(view.config, generation) : null),
    [view.config, generation],
  );
  return (
    <ChartPanel
      className="panel-alpha"
      testId="alpha-chart"
      title="Mixing weights"
      help="How each stage shares its attention between its candidates, step by step: softmax(α). Until α is released all shares stay equal."
      kind={alphaChart}
      fill
      model={model}
      file={`fade-alpha-generation-${(generation?.index ?? 0) + 1}`}
      empty={<p>The shares of the candidates appear with the first steps.</p>}
    />
  );
}

/** What the log says of a GPU that was lost in this generation. */
function LossNote() {
  const lost = useLabState((state) => state.view.lost);
  const supernets = useLabState((state) => state.view.config?.ranker.supernets ?? 1);
  if (!lost) return null;
  return (
    <p className="cost-note" data-testid="loss-note">
      {deviceLossSentence(lost, supernets)}
    </p>
  );
}

function Gauges() {
  const view = useLabState((state) => state.view);
  const running = useLabState((state) => state.status === 'running' && state.cursor === null);
  const generation = currentGeneration(view);
  const last = generation?.progress.at(-1);
  if (!generation || !last) return null;
  const left = running ? view.eta.generation : null;
  const gauges: readonly (readonly [string, string])[] = [
    ['step', `${last.step} / ${last.steps}`],
    ['loss', formatDecimal(last.loss, 3)],
    ['accuracy', formatPercent(last.accuracy)],
    ['a step', view.meanStepMs === null ? '–' : `${formatDecimal(view.meanStepMs, 0)} ms`],
    ['supernet', `${formatCount(generation.cost.parameters)} parameters`],
    ['work', `${formatFlops(generation.cost.flopsPerStep)} a step`],
    ...(left ? [['generation ends in', formatRange(left.low, left.high)] as const] : []),
  ];
  return (
    <dl className="gauges">
      {gauges.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
