/** A page that is not looked at draws nothing, and training goes on. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/lab.ts';

declare global {
  interface Window {
    drawings?: number;
  }
}

/** As if the tab were hidden, or shown again: a headless page always counts as visible. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => now });
    const state = now ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

test('training goes on in a hidden tab, which catches up when it is shown', async ({
  lab,
  page,
}) => {
  await lab.open();
  await lab.start('smoke', { 'supernet.steps': 20_000, 'search.generations': 1 });
  await lab.trainingStep(5);
  await setHidden(page, true);
  await page.waitForTimeout(500); // Frames that were asked for before are drawn.
  const before = await lab.step();
  await page.evaluate(() => {
    window.drawings = 0;
    const count = (changes: unknown[]) => {
      window.drawings = (window.drawings ?? 0) + changes.length;
    };
    const everything = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver(count).observe(document.body, everything);
  });
  await page.waitForTimeout(3000);
  expect(await page.evaluate(() => window.drawings)).toBe(0);
  expect(await lab.step()).toBe(before);
  await setHidden(page, false);
  await expect.poll(() => lab.step(), { timeout: 5000 }).toBeGreaterThan(before + 5);
  expect(await page.evaluate(() => window.drawings)).toBeGreaterThan(0);
  await lab.part('play').click();
  await expect(lab.status).toHaveText(/Paused/, { timeout: 10_000 });
});
