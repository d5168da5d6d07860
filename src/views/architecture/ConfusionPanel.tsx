/** What each class of test images was taken for. */
import { useMemo } from 'react';
import type { TrainingOutcome } from '../../core/trainedModel.ts';
import { confusionChart } from '../../viz/confusion/index.ts';
import type { ConfusionModel } from '../../viz/confusion/model.ts';
import { parseConfusionKey } from '../../viz/shared/keys.ts';
import { ChartPanel } from '../ChartPanel.tsx';
import { choose, useChoices } from './choices.ts';
import { confusionCounts, predictionsOf } from './predictions.ts';

function onSelect(key: string): void {
  const cell = parseConfusionKey(key);
  if (!cell) return;
  const { samples } = useChoices.getState();
  const again =
    samples.kind === 'cell' && samples.truth === cell.truth && samples.predicted === cell.predicted;
  choose({ samples: again ? { kind: 'wrong' } : { kind: 'cell', ...cell }, image: null });
}

export function ConfusionPanel({ trained }: { readonly trained: TrainingOutcome['trained'] }) {
  const samples = useChoices((choices) => choices.samples);
  const model = useMemo<ConfusionModel | null>(() => {
    if (!trained) return null;
    const { classes } = trained.model.recipe;
    const counts = confusionCounts(predictionsOf(trained.test), classes.length);
    return { classes, counts, selected: samples.kind === 'cell' ? samples : null };
  }, [trained, samples]);
  return (
    <ChartPanel
      testId="confusion"
      title="Confusion"
      help="Rows are the true classes of the test images, columns what the network took them for. Choose a cell to see its images."
      kind={confusionChart}
      model={model}
      file="fade-confusion"
      onSelect={onSelect}
      empty={<p>Train the network to see which classes it takes for which.</p>}
    />
  );
}
