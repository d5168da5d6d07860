import { AxeBuilder } from '@axe-core/playwright';
import { loadLayersModel, softmax, Tensor, tensor4d } from '@tensorflow/tfjs';
import { unzipSync } from 'fflate';
import { bytesOf, expect, type Lab, LONG, test } from './support/lab.ts';

/** The pixels of the drawing as the network gets them, 0..255. */
function networkSees(lab: Lab): Promise<number[]> {
  const canvas = lab.part('draw-steps').getByLabel('The drawing, halved');
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('no canvas');
    const { width, height } = element;
    const factor = width / 14;
    const pixels = element.getContext('2d')?.getImageData(0, 0, width, height).data;
    return Array.from({ length: 14 * 14 }, (_, i) => {
      const [x, y] = [(i % 14) * factor, Math.floor(i / 14) * factor];
      return pixels?.[4 * (y * width + x)] ?? Number.NaN;
    });
  });
}

/** The probabilities on the screen, in the order of the classes. */
async function probabilitiesShown(lab: Lab): Promise<number[]> {
  const texts = await lab.part('draw-prediction').locator('.class .text').allTextContents();
  const shares = texts.filter((text) => text.endsWith('%'));
  return shares.map((text) => Number.parseFloat(text) / 100);
}

test('trains a network alone, reads a drawn digit, and hands out a model that loads', async ({
  lab,
}) => {
  const { page } = lab;
  await lab.open();
  await lab.start('smoke', { 'search.generations': 1 });
  await lab.finish();
  await lab.part('view-architecture').click();
  await lab.part('open-best').click();
  await expect(lab.part('network-drawing')).toBeVisible();
  await expect(lab.part('architecture-id')).toHaveText(/^3:/);
  await expect(lab.part('draw-empty')).toBeVisible();

  await lab.part('train-steps').fill('60');
  await lab.part('train-start').click();
  await expect(lab.part('test-accuracy')).toHaveText(/%/, { timeout: LONG });
  await expect(lab.part('confusion-drawing')).toBeVisible();
  await expect(lab.part('load-bar')).toHaveCount(0);

  const pad = await lab.part('draw-pad').boundingBox();
  if (!pad) throw new Error('There is no pad.');
  const at = (x: number, y: number) => [pad.x + x * pad.width, pad.y + y * pad.height] as const;
  await page.mouse.move(...at(0.5, 0.2));
  await page.mouse.down();
  await page.mouse.move(...at(0.5, 0.8), { steps: 8 });
  await page.mouse.up();
  await expect(lab.part('draw-steps')).toContainText('Scaled and centred');
  await expect(lab.part('draw-prediction')).toHaveAttribute('data-prediction', /\d/);
  const drawn = await networkSees(lab);
  const said = await probabilitiesShown(lab);

  const download = page.waitForEvent('download');
  await lab.part('export-tfjs').click();
  const files = unzipSync(await bytesOf(download));
  const text = new TextDecoder().decode(files['model.json']);
  const json = JSON.parse(text);
  const weights = files['weights.bin'];
  if (!weights) throw new Error('The zip holds no weights.');
  const model = await loadLayersModel({
    load: async () => ({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest[0].weights,
      weightData: weights.slice().buffer,
    }),
  });
  const { mean, std } = json.userDefinedMetadata;
  const input = drawn.map((value) => (value / 255 - mean[0]) / std[0]);
  const logits = model.predict(tensor4d(input, [1, 14, 14, 1]));
  if (!(logits instanceof Tensor)) throw new Error('The model has several outputs.');
  const own = [...(await softmax(logits).data())];
  expect(said).toHaveLength(10);
  // The picture on the screen is rounded to bytes, the figures beside it to tenths of a per cent.
  for (const [i, value] of own.entries()) expect(said[i]).toBeCloseTo(value, 2);
  expect(Math.max(...own) - Math.min(...own)).toBeGreaterThan(0.02);

  await lab.part('draw-clear').click();
  await expect(lab.part('draw-empty')).toBeVisible();
});

test('the curve of a training alone survives a reload, and its training goes on', async ({
  lab,
}) => {
  const { page } = lab;
  await lab.open();
  await lab.part('view-architecture').click();
  await lab.part('open-best').click();
  await expect(lab.part('network-drawing')).toBeVisible();
  await lab.part('train-steps').fill('2000');
  await lab.part('train-start').click();
  await expect(lab.part('train-progress')).toHaveText(/step [1-9]/, { timeout: LONG });
  // Events are gathered for a moment before they are stored.
  await page.waitForTimeout(1000);
  await page.reload();
  await lab.part('view-architecture').click();
  await lab.part('open-best').click();
  await lab.part('train-steps').fill('2000');
  await expect(lab.part('train-interrupted')).toHaveText(/cut off at step \d+ of 2,?000; to go on/);
  await expect(lab.part('train-drawing')).toBeVisible();
  await expect(lab.part('train-start')).toHaveText('Go on');
  await lab.part('train-start').click();
  await expect(lab.part('train-progress')).toHaveText(/step [1-9]/, { timeout: LONG });
  await expect(lab.part('train-interrupted')).toHaveCount(0);
  await lab.part('train-stop').click();
  await expect(lab.part('train-start')).toHaveText('Train alone');
});

test('the screen of a network has no serious findings, and fits a telephone', async ({ lab }) => {
  const { page } = lab;
  await lab.open();
  await lab.part('view-architecture').click();
  await lab.part('open-best').click();
  await expect(lab.part('network-drawing')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(lab.part('network-drawing')).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
});
