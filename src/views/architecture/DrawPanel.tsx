/** Draw a picture, see what becomes of it before the network gets it, and what the network says. */
import './DrawPanel.css';
import { Eraser } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { toErrorRecord } from '../../core/errors.ts';
import { formatDecimal } from '../../core/format.ts';
import { datasetName } from '../../core/run/datasets.ts';
import type { TrainedModel } from '../../core/trainedModel.ts';
import { notify } from '../../state/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { probabilitiesChart } from '../../viz/probabilities/index.ts';
import type { ProbabilitiesModel } from '../../viz/probabilities/model.ts';
import type { ImageModel } from '../../viz/shared/images.ts';
import { Chart } from '../Chart.tsx';
import { useLab } from '../page/lab.ts';
import { DrawPad } from './DrawPad.tsx';
import { centred, emptyInk, framingOf, type Ink, isEmpty, normalised, pooled } from './drawing.ts';
import { PixelImage } from './PixelImage.tsx';
import type { Built } from './useNetwork.ts';

interface DrawPanelProps {
  readonly built: Built;
  readonly model: TrainedModel | null;
}

export function DrawPanel({ built, model }: DrawPanelProps) {
  const { dataset } = built.config.task;
  const name = datasetName(dataset);
  const grey = built.shape.input.channels === 1;
  const digits = dataset === 'mnist';
  return (
    <Panel
      testId="draw"
      title={digits ? 'Draw a digit' : 'Draw an image'}
      help={`What you draw is framed as the images of ${name} are, reduced to the network's input, normalised, and shown to the network with every stroke.`}
      empty={
        grey ? undefined : (
          <p>
            {name} has photographs in colour: there is nothing to draw for it. Choose a network for
            MNIST or Fashion-MNIST.
          </p>
        )
      }
    >
      {grey && <Drawing built={built} model={model} />}
    </Panel>
  );
}

const greyImage = (values: Ink): ImageModel => {
  const side = Math.sqrt(values.length);
  return { height: side, width: side, channels: 1, values, scale: { kind: 'byte' } };
};

function Drawing({ built, model }: DrawPanelProps) {
  const { dataset, imagePooling } = built.config.task;
  const [ink, setInk] = useState<Ink>(emptyInk);
  const framed = useMemo(() => centred(ink, framingOf(dataset)), [ink, dataset]);
  const small = useMemo(() => framed && pooled(framed, imagePooling), [framed, imagePooling]);
  const input = useMemo(
    () => (small && model ? normalised(small, model.recipe) : null),
    [small, model],
  );
  const empty = isEmpty(ink);
  return (
    <div className="draw">
      <div className="draw-side">
        <DrawPad ink={ink} onDraw={setInk} />
        <Button
          size="s"
          icon={<Eraser size={15} aria-hidden />}
          disabled={empty}
          onClick={() => setInk(emptyInk())}
          data-testid="draw-clear"
        >
          Clear
        </Button>
      </div>
      <div className="draw-answer">
        <Steps framed={framed} small={small} input={input} pooling={imagePooling} />
        <Answer model={model} input={input} empty={empty} />
      </div>
    </div>
  );
}

interface StepsProps {
  readonly framed: Ink | null;
  readonly small: Ink | null;
  readonly input: Float32Array | null;
  readonly pooling: 1 | 2;
}

/** What happens to the drawing, step by step. */
function Steps({ framed, small, input, pooling }: StepsProps) {
  if (!framed || !small) return null;
  const values = input ? [...input] : [];
  const side = Math.sqrt(small.length);
  return (
    <ol className="draw-steps" data-testid="draw-steps">
      <li>
        <PixelImage image={greyImage(framed)} side={84} label="The drawing, framed" />
        <span>Scaled and centred</span>
      </li>
      {pooling === 2 && (
        <li>
          <PixelImage image={greyImage(small)} side={84} label="The drawing, halved" />
          <span>
            Pooled to {side}×{side}
          </span>
        </li>
      )}
      {values.length > 0 && (
        <li>
          <span className="draw-range">
            {formatDecimal(Math.min(...values), 2)} … {formatDecimal(Math.max(...values), 2)}
          </span>
          <span>Normalised: (pixel − mean) / std</span>
        </li>
      )}
    </ol>
  );
}

/** Asks for the newest image only: while one is answered, those between are left out. */
function usePrediction(model: TrainedModel | null, input: Float32Array | null) {
  const { networks, store } = useLab();
  const [answer, setAnswer] = useState<{
    readonly model: TrainedModel;
    readonly probabilities: readonly number[];
  } | null>(null);
  const wanted = useRef<{ model: TrainedModel; input: Float32Array } | null>(null);
  const busy = useRef(false);
  useEffect(() => {
    wanted.current = model && input ? { model, input } : null;
    if (busy.current) return;
    const ask = async () => {
      busy.current = true;
      try {
        for (let next = wanted.current; next; next = wanted.current) {
          wanted.current = null;
          const row = await networks.predict(next.model, next.input);
          setAnswer({ model: next.model, probabilities: [...row] });
        }
      } catch (thrown) {
        const error = toErrorRecord(thrown);
        notify(store, 'error', error.message, error);
      } finally {
        busy.current = false;
      }
    };
    void ask();
  }, [networks, store, model, input]);
  return answer && answer.model === model ? answer.probabilities : null;
}

interface AnswerProps {
  readonly model: TrainedModel | null;
  readonly input: Float32Array | null;
  readonly empty: boolean;
}

function Answer({ model, input, empty }: AnswerProps) {
  const probabilities = usePrediction(model, input);
  const chart = useMemo<ProbabilitiesModel | null>(
    () =>
      model && probabilities ? { classes: model.recipe.classes, probabilities, truth: null } : null,
    [model, probabilities],
  );
  if (empty) {
    return (
      <p className="panel-hint" data-testid="draw-empty">
        Nothing is drawn yet. Draw with the mouse, a finger, or the arrow keys and Space.
      </p>
    );
  }
  if (!model) {
    return <p className="panel-hint">Train the network, and it will say what this is.</p>;
  }
  if (!chart) return <p className="panel-hint">The network looks at it…</p>;
  return (
    <div data-testid="draw-prediction" data-prediction={bestOf(chart)}>
      <Chart kind={probabilitiesChart} model={chart} />
    </div>
  );
}

const bestOf = ({ classes, probabilities }: ProbabilitiesModel) =>
  classes[probabilities.indexOf(Math.max(...probabilities))];
