/** What every export says about its network, in words. */
import { datasetName } from '../../core/run/datasets.ts';
import type { TrainedModel } from '../../core/trainedModel.ts';

/** How pictures become the network's input. */
export function inputSentence({ recipe, plan }: TrainedModel): string {
  const { height, width, channels } = plan.input;
  const numbers = (values: readonly number[]) =>
    values.map((value) => +value.toFixed(6)).join(', ');
  const pooled = recipe.imagePooling === 2 ? ' after 2×2 average pooling of the image' : '';
  return `${height}×${width} pixels, ${channels} ${channels === 1 ? 'channel' : 'channels'}${pooled}: (pixel / 255 - mean) / std with mean ${numbers(recipe.mean)} and std ${numbers(recipe.std)}.`;
}

/** Whether predictions are those of the lab, and which. */
export function exactnessSentence({ calibration }: TrainedModel): string {
  return calibration
    ? `Batch norm has the statistics of ${calibration.images} training images. Predictions equal the lab's own with these statistics; the lab's test accuracy is measured with the statistics of each batch of test images instead, and can differ a little.`
    : "Predictions equal the lab's own.";
}

/** One line a fact. */
export function descriptionLines(network: TrainedModel): string[] {
  const { architecture, recipe, training, plan } = network;
  const { accuracy, steps, seed } = training;
  const tested =
    accuracy === null ? '' : `, test accuracy ${(100 * accuracy).toFixed(1)} % in the lab`;
  return [
    `FaDE Lab architecture ${architecture}, trained alone on ${datasetName(recipe.dataset)}: ${steps} steps, training ${seed + 1}, ${plan.parameterCount} parameters${tested}.`,
    `Input: ${inputSentence(network)}`,
    `Output: logits of ${recipe.classes.length} classes: ${recipe.classes.join(', ')}.`,
    exactnessSentence(network),
  ];
}
