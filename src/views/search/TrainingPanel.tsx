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
import { currentRound } from '../../core/run/reducer.ts';
import { currentRegion } from '../../core/run/regionView.ts';
import { roundWord } from '../../core/run/rounds.ts';
import { alphaChart } from '../../viz/alpha/index.ts';
import { trainingChart } from '../../viz/training/index.ts';
import { ChartPanel } from '../ChartPanel.tsx';
import { jobCost } from '../costs/estimate.ts';
import { useLabState } from '../page/lab.ts';
import { EmptyRun } from './EmptyRun.tsx';
import { alphaModel, trainingModel } from './models.ts';

export function CurvesPanel() {
  const view = useLabState((state) => state.view);
  const model = useMemo(() => trainingModel(view), [view]);
  return (
    <ChartPanel
      testId="training-chart"
      title="Loss and accuracy"
      help="Mean loss and accuracy on the training batches of what is trained, supernet or single network, over the whole run; each begins anew."
      kind={trainingChart}
      fill
      model={model}
      file="fade-training"
      before={<Gauges />}
      after={<LossNote />}
      empty={<EmptyRun>Loss and accuracy are drawn here as soon as something trains.</EmptyRun>}
    />
  );
}

export function AlphaPanel() {
  const view = useLabState((state) => state.view);
  const generation = useMemo(() => currentRegion(view), [view]);
  const model = useMemo(
    () => (view.config && generation ? alphaModel(view.config, generation) : null),
    [view.config, generation],
  );
  return (
    <ChartPanel
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
  const config = useLabState((state) => state.view.config);
  if (!lost) return null;
  return (
    <p className="cost-note" data-testid="loss-note">
      {deviceLossSentence(lost, config)}
    </p>
  );
}

function Gauges() {
  const view = useLabState((state) => state.view);
  const running = useLabState((state) => state.status === 'running' && state.cursor === null);
  const round = currentRound(view);
  const { config } = view;
  const job = round?.jobs[round.current];
  const last = job?.progress.at(-1);
  const asked = job?.job;
  const cost = useMemo(() => (asked && config ? jobCost(asked, config) : null), [asked, config]);
  if (!round || !job || !last || !config) return null;
  const left = running ? view.eta.round : null;
  const many = round.jobs.length > 1;
  const gauges: readonly (readonly [string, string])[] = [
    ...(many ? [['training', `${round.current + 1} / ${round.jobs.length}`] as const] : []),
    ['step', `${last.step} / ${last.steps}`],
    ['loss', formatDecimal(last.loss, 3)],
    ['accuracy', formatPercent(last.accuracy)],
    ['a step', view.meanStepMs === null ? '–' : `${formatDecimal(view.meanStepMs, 0)} ms`],
    ...(cost
      ? [
          [
            job.job.kind === 'rank' ? 'supernet' : 'network',
            `${formatCount(cost.parameters)} parameters`,
          ] as const,
          ['work', `${formatFlops(cost.flopsPerStep)} a step`] as const,
        ]
      : []),
    ...(left ? [[`${roundWord(config)} ends in`, formatRange(left.low, left.high)] as const] : []),
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
