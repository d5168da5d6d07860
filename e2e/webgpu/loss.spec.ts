/** The GPU process dies in the middle of a search: it goes on, with the result of a calm one. */
import { expect, LONG, test } from '../support/lab.ts';
import { digestOf, readLog } from '../support/logs.ts';

const SETTINGS = { 'supernet.steps': 200, 'supernet.reportEvery': 5, 'search.generations': 1 };

test('a search survives the loss of its GPU', async ({ lab, page, browser }) => {
  test.setTimeout(4 * LONG);
  await lab.open();
  const adapter = await page.evaluate(
    async () => 'gpu' in navigator && (await navigator.gpu.requestAdapter()) !== null,
  );
  test.skip(!adapter, 'this browser has no WebGPU adapter, not even a software one');
  await lab.start('smoke', SETTINGS);
  await lab.finish();
  const calm = await readLog(await lab.exportRun());
  expect(calm.events[0]).toMatchObject({ backend: { name: 'webgpu' }, executor: 'webgpu' });

  await lab.start('smoke', SETTINGS);
  await lab.trainingStep(5);
  await lab.part('play').click();
  await expect(lab.status).toHaveText(/Paused/, { timeout: 10_000 });
  // The pause begins with the next step, and saves the supernet.
  await page.waitForTimeout(2000);
  const saved = await lab.step();
  await lab.part('play').click();
  await lab.trainingStep(saved + 5);
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess').catch(() => undefined);

  const sentence = /The GPU was lost at step \d+; training went on from step \d+\./;
  await expect(lab.part('notice').filter({ hasText: sentence })).toBeVisible({ timeout: LONG });
  await expect(lab.part('loss-note')).toHaveText(sentence);
  await lab.finish();
  const shaken = await readLog(await lab.exportRun());
  const losses = shaken.events.filter((event) => event.type === 'device/lost');
  expect(losses).toHaveLength(1);
  expect(losses[0]?.from.step).toBeGreaterThanOrEqual(saved);
  expect(losses[0]?.step).toBeGreaterThan(losses[0]?.from.step ?? 0);
  expect(digestOf(shaken)).toBe(digestOf(calm));
});
