import { expect, test } from './support/lab.ts';

/** When the first chart and the transport stand on the page, in ms since navigation began. */
declare global {
  interface Window {
    aliveAt?: number;
  }
}

test('is alive at once and plays the recorded run, without tfjs', async ({ lab, page }) => {
  await page.addInitScript(() => {
    const look = () => {
      const space = document.querySelector('[data-testid="space-chart"] svg');
      const play = document.querySelector('[data-testid="play"]');
      if (space && play) window.aliveAt = performance.now();
      else requestAnimationFrame(look);
    };
    look();
  });
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const heavy = () => requests.filter((url) => /worker-|\.wasm|datasets\//.test(url));

  await lab.open();
  await page.waitForFunction(() => window.aliveAt !== undefined);
  expect(heavy()).toEqual([]);
  const alive = await page.evaluate(() => window.aliveAt ?? Number.NaN);
  test.info().annotations.push({ type: 'first screen', description: `${alive.toFixed(0)} ms` });
  console.log(`first screen alive after ${alive.toFixed(0)} ms`);

  await expect(lab.status).toHaveText(/Recording/);
  if (!(await lab.status.textContent())?.includes('plays')) await lab.part('play').click();
  await expect(async () => expect(await lab.generation()).toBeGreaterThan(1)).toPass({
    timeout: 60_000,
  });
  await expect(lab.part('best-list').getByRole('listitem').first()).toBeVisible();
  // The backend may be probed once the page is idle; images wait for a run.
  expect(requests.filter((url) => url.includes('datasets/'))).toEqual([]);
});

test('moves through the recorded run by keyboard', async ({ lab, page }) => {
  await lab.open();
  await expect(lab.status).toHaveText(/Recording/);
  await page.keyboard.press('End');
  await expect(async () => expect(await lab.generation()).toBeGreaterThanOrEqual(10)).toPass();
  const last = await lab.generation();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(async () => expect(await lab.generation()).toBeLessThan(last)).toPass();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});
