/** Trains the network alone: budget, live curves, and how well it does on the test images. */
import './TrainPanel.css';
import { Play, Square } from 'lucide-react';
import { useId, useMemo } from 'react';
import { formatCount, formatDecimal, formatPercent } from '../../core/format.ts';
import { datasetName } from '../../core/run/datasets.ts';
import { STUDY_BOUNDS } from '../../core/study/validate.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { liveCurvesChart } from '../../viz/liveCurves/index.ts';
import type { LiveCurvesModel } from '../../viz/liveCurves/model.ts';
import { ChartPanel } from '../ChartPanel.tsx';
import { ExecutorLine } from '../costs/CostParts.tsx';
import { aloneExecutorNote } from '../costs/executorNote.ts';
import { useCommand, useLabState } from '../page/lab.ts';
import { choose, useChoices } from './choices.ts';
import { type Built, fileStem, stepsOf, type TrainingView, useTraining } from './useNetwork.ts';

interface TrainPanelProps {
  readonly built: Built;
  readonly compared: Built | null;
  readonly training: TrainingView;
}

type Line = LiveCurvesModel['networks'][number];

function lineOf(id: string, category: number, view: TrainingView): Line[] {
  const points = view.outcome?.history ?? view.training?.points ?? view.reached;
  if (points.length === 0) return [];
  const diverged = (view.outcome?.diverged ?? null) !== null;
  const test = view.outcome?.trained?.model.training.accuracy ?? null;
  return [{ key: id, name: id, category, points, test, diverged }];
}

export function TrainPanel({ built, compared, training }: TrainPanelProps) {
  return compared ? (
    <ComparedTraining built={built} compared={compared} training={training} />
  ) : (
    <SingleTraining built={built} training={training} />
  );
}

function SingleTraining({ built, training }: Pick<TrainPanelProps, 'built' | 'training'>) {
  const views = useMemo<Views>(() => [[built.id, training]], [built, training]);
  return <Curves built={built} views={views} />;
}

/** A part of its own, because the second training has hooks of its own. */
function ComparedTraining({
  built,
  compared,
  training,
}: TrainPanelProps & { readonly compared: Built }) {
  const second = useTraining(compared);
  const views = useMemo<Views>(
    () => [
      [built.id, training],
      [compared.id, second],
    ],
    [built, compared, training, second],
  );
  return <Curves built={built} views={views} />;
}

type Views = readonly (readonly [id: string, view: TrainingView])[];

interface CurvesProps {
  readonly built: Built;
  readonly views: Views;
}

function Curves({ built, views }: CurvesProps) {
  const model = useMemo<LiveCurvesModel | null>(() => {
    const networks = views.flatMap(([id, view], i) => lineOf(id, i, view));
    const totalSteps = views[0]?.[1].request.steps ?? 0;
    if (networks.length === 0) return null;
    return { networks, totalSteps, chance: 1 / built.shape.classes, selected: null };
  }, [views, built]);
  return (
    <ChartPanel
      testId="train"
      title="Trained alone"
      help="Loss and accuracy on training batches, step by step, from fresh weights and with the settings of the supernet. The diamond is the accuracy on test images that no training has seen."
      kind={liveCurvesChart}
      model={model}
      file={fileStem('training', built.id)}
      height={300}
      empty={<TrainForm built={built} views={views} />}
      before={<TrainForm built={built} views={views} />}
      after={<Results views={views} />}
    />
  );
}

function TrainForm({ built, views }: CurvesProps) {
  const id = useId();
  const command = useCommand();
  const backend = useLabState((state) => state.backend);
  const chosen = useChoices((choices) => choices.steps);
  const seed = useChoices((choices) => choices.seed);
  const [low, high] = STUDY_BOUNDS.steps;
  const steps = stepsOf(built.config, chosen);
  const busy = views.filter(([, view]) => view.training);
  const missing = views.filter(([, view]) => !view.outcome && !view.training);
  const start = () =>
    command(({ networks }) =>
      Promise.all(missing.map(([, { request }]) => networks.train(request))),
    );
  const stop = () =>
    command(({ networks }) => {
      for (const [, { key }] of busy) networks.cancel(key);
    });
  return (
    <div className="train-form">
      <div className="train-fields">
        <label htmlFor={`${id}-steps`}>Steps</label>
        <input
          id={`${id}-steps`}
          type="number"
          min={low}
          max={high}
          value={steps}
          disabled={busy.length > 0}
          onChange={(event) => {
            const value = Math.round(event.target.valueAsNumber);
            choose({ steps: value >= low && value <= high ? value : null });
          }}
          data-testid="train-steps"
        />
        <label htmlFor={`${id}-seed`}>Training</label>
        <select
          id={`${id}-seed`}
          value={seed}
          disabled={busy.length > 0}
          onChange={(event) => choose({ seed: Number(event.target.value) })}
        >
          {Array.from({ length: 8 }, (_, i) => (
            <option key={i} value={i}>
              {`no. ${i + 1}`}
            </option>
          ))}
        </select>
        {busy.length > 0 ? (
          <Button icon={<Square size={15} aria-hidden />} onClick={stop} data-testid="train-stop">
            Stop
          </Button>
        ) : (
          <Button
            kind="primary"
            icon={<Play size={15} aria-hidden />}
            disabled={missing.length === 0}
            onClick={start}
            data-testid="train-start"
          >
            {labelOf(views.length, missing)}
          </Button>
        )}
      </div>
      <Progress views={views} />
      {missing.length > 0 && <ExecutorLine note={aloneExecutorNote(built.config, backend)} />}
      <Interrupted views={missing} />
      {missing.length === views.length &&
        missing.every(([, view]) => view.reached.length === 0) && (
          <p className="panel-hint">
            {views.length > 1 ? 'Neither network has' : 'This network has not'} been trained with
            this budget yet. Training starts from fresh weights on{' '}
            {formatCount(built.config.task.trainImages)} images of{' '}
            {datasetName(built.config.task.dataset)}.
          </p>
        )}
      {views.map(
        ([name, { failure }]) =>
          failure && (
            <Banner key={name} tone="error" title={`${name} could not be trained`}>
              <p>{failure.message}</p>
            </Banner>
          ),
      )}
    </div>
  );
}

function labelOf(networks: number, missing: Views): string {
  const [first] = missing;
  if (!first) return 'Trained';
  if (networks === 1) return first[1].reached.length > 0 ? 'Go on' : 'Train alone';
  return missing.length === 2 ? 'Train both' : 'Train the other';
}

/** How far trainings came that were cut off, e.g. by a reload, and what going on means. */
function Interrupted({ views }: { readonly views: Views }) {
  return views.map(([name, { reached, request }]) => {
    const last = reached.at(-1);
    if (!last) return null;
    return (
      <p key={name} className="panel-hint" data-testid="train-interrupted">
        <code>{name}</code> was cut off at step {last.step} of {request.steps}; to go on, its
        training begins again from the start with the same seed, which gives the same numbers.
      </p>
    );
  });
}

function Progress({ views }: { readonly views: Views }) {
  return views.map(([name, { training, waits, request }]) => {
    if (!training) return null;
    const step = training.points.at(-1)?.step ?? 0;
    const text = waits && step === 0 ? 'waits for its turn' : `step ${step} of ${request.steps}`;
    return (
      <p key={name} className="train-progress" data-testid="train-progress">
        <progress className="progress" aria-label={name} value={step} max={request.steps} />
        <span>
          <code>{name}</code>: {text}
        </span>
      </p>
    );
  });
}

function resultFacts(id: string, { outcome }: TrainingView, many: boolean): Fact[] {
  if (!outcome) return [];
  const of = many ? ` of ${id}` : '';
  if (!outcome.trained) return [[`Training${of}`, `diverged: ${outcome.diverged}`]];
  const { model, test } = outcome.trained;
  const { accuracy, loss } = model.training;
  const images = formatCount(test.labels.length);
  const facts: Fact[] = [
    [
      `Test accuracy${of}`,
      <span key="accuracy" data-testid={many ? undefined : 'test-accuracy'}>
        {accuracy === null ? '–' : formatPercent(accuracy)} of {images} images
      </span>,
    ],
    [`Test loss${of}`, loss === null ? '–' : `${formatDecimal(loss, 3)} nats`],
  ];
  if (test.calibratedAccuracy === null) return facts;
  return [...facts, [`With fixed statistics${of}`, formatPercent(test.calibratedAccuracy)]];
}

function Results({ views }: { readonly views: Views }) {
  const facts = views.flatMap(([id, view]) => resultFacts(id, view, views.length > 1));
  const fixed = views.some(
    ([, { outcome }]) => (outcome?.trained?.test.calibratedAccuracy ?? null) !== null,
  );
  if (facts.length === 0) return null;
  return (
    <div className="train-results" data-testid="train-results">
      <Facts facts={facts} />
      {fixed && (
        <p className="panel-hint">
          Batch norm takes its statistics from each batch of test images. A single picture, and an
          export, use those of training images instead: the accuracy with fixed statistics.
        </p>
      )}
    </div>
  );
}
