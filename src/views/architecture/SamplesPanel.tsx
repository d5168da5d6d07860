/** Test images that the network got wrong, or right, with what it says of each. */
import './SamplesPanel.css';
import { useMemo } from 'react';
import { formatPercent } from '../../core/format.ts';
import type { TrainingOutcome } from '../../core/trainedModel.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { probabilitiesChart } from '../../viz/probabilities/index.ts';
import type { ProbabilitiesModel } from '../../viz/probabilities/model.ts';
import { Chart } from '../Chart.tsx';
import { choose, useChoices } from './choices.ts';
import { PixelImage } from './PixelImage.tsx';
import {
  imageOf,
  type Prediction,
  predictionsOf,
  rowOf,
  type SampleFilter,
  samplesOf,
} from './predictions.ts';

type Trained = NonNullable<TrainingOutcome['trained']>;

const MOST = 24;
const SIDE = 56;

export function SamplesPanel({ trained }: { readonly trained: TrainingOutcome['trained'] }) {
  return (
    <Panel
      testId="samples"
      title="Test images"
      help="Images that no training has seen: those that the network gets wrong, the surest first, or right, the least sure first. Choose one to see all its probabilities."
      aside={trained && <FilterToggle />}
      empty={trained ? undefined : <p>Train the network to see what it gets right and wrong.</p>}
    >
      {trained && <Samples trained={trained} />}
    </Panel>
  );
}

const KINDS = [
  { id: 'wrong', name: 'Wrong' },
  { id: 'right', name: 'Right' },
] as const;

function FilterToggle() {
  const filter = useChoices((choices) => choices.samples);
  return (
    <Segmented
      legend="Which images"
      legendHidden
      options={KINDS}
      chosen={filter.kind}
      onChoose={(kind) => choose({ samples: { kind }, image: null })}
    />
  );
}

function titleOf(filter: SampleFilter, classes: readonly string[], shown: number): string {
  if (filter.kind === 'cell') {
    const [truth, predicted] = [classes[filter.truth], classes[filter.predicted]];
    const what = filter.truth === filter.predicted ? 'recognised' : `taken for ${predicted}`;
    return shown === 0 ? `No ${truth} was ${what}.` : `${truth}, ${what}`;
  }
  if (shown === 0) return filter.kind === 'wrong' ? 'No image is wrong.' : 'No image is right.';
  return filter.kind === 'wrong' ? 'Wrong, the surest first' : 'Right, the least sure first';
}

function Samples({ trained }: { readonly trained: Trained }) {
  const filter = useChoices((choices) => choices.samples);
  const { model, test } = trained;
  const { classes } = model.recipe;
  const predictions = useMemo(() => predictionsOf(test), [test]);
  const shown = useMemo(() => samplesOf(predictions, filter, MOST), [predictions, filter]);
  return (
    <>
      <p className="panel-hint">{titleOf(filter, classes, shown.length)}</p>
      <ul className="sample-list">
        {shown.map((one) => (
          <Sample key={one.index} trained={trained} prediction={one} />
        ))}
      </ul>
      <Detail trained={trained} />
    </>
  );
}

interface SampleProps {
  readonly trained: Trained;
  readonly prediction: Prediction;
}

function Sample({ trained, prediction }: SampleProps) {
  const { index, truth, predicted, confidence } = prediction;
  const chosen = useChoices((choices) => choices.image === index);
  const image = useMemo(() => imageOf(trained.test, trained.model, index), [trained, index]);
  const { classes } = trained.model.recipe;
  const right = truth === predicted;
  const words = `${classes[truth]}, ${right ? 'recognised' : `taken for ${classes[predicted]}`}, ${formatPercent(confidence, 0)}`;
  return (
    <li>
      <button
        type="button"
        className="sample"
        aria-pressed={chosen}
        aria-label={words}
        onClick={() => choose({ image: chosen ? null : index })}
      >
        <PixelImage image={image} side={SIDE} label="" />
        <span className="sample-name" data-right={right || undefined}>
          {classes[predicted]}
        </span>
        <span className="sample-share">{formatPercent(confidence, 0)}</span>
      </button>
    </li>
  );
}

function Detail({ trained }: { readonly trained: Trained }) {
  const index = useChoices((choices) => choices.image);
  const model = useMemo<ProbabilitiesModel | null>(() => {
    const truth = index === null ? undefined : trained.test.labels[index];
    if (index === null || truth === undefined) return null;
    const { classes } = trained.model.recipe;
    return { classes, probabilities: [...rowOf(trained.test, index)], truth };
  }, [trained, index]);
  if (!model) return null;
  return (
    <div className="sample-detail" data-testid="sample-detail">
      <Chart kind={probabilitiesChart} model={model} />
    </div>
  );
}
