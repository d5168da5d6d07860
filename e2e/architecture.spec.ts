import { AxeBuilder } from '@axe-core/playwright';
import type { Download } from '@playwright/test';
import { loadLayersModel, ones, type Tensor } from '@tensorflow/tfjs';
import { unzipSync } from 'fflate';
import { expect, LONG, test } from './support/lab.ts';

async function bytesOf(download: Promise<Download>): Promise<Uint8Array> {
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return new Uint8Array(Buffer.concat(chunks));
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
  await lab.part('draw-clear').click();
  await expect(lab.part('draw-empty')).toBeVisible();

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
  const answer = model.predict(ones([2, 14, 14, 1])) as Tensor;
  expect(answer.shape).toEqual([2, 10]);
  const values = [...(await answer.data())];
  expect(values.every(Number.isFinite)).toBe(true);
  expect(new Set(values.slice(0, 10)).size).toBeGreaterThan(1);
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
