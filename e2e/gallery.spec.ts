/**
 * The gallery in a browser: without findings in both themes, and on a telephone. What each drawing consists
 * of is the business of `src/viz/charts.test.ts`, which draws every fixture.
 */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, type Lab, test } from './support/lab.ts';

const TELEPHONE = { width: 390, height: 844 };

async function open(page: Page): Promise<Locator> {
  await page.goto('./?gallery');
  const charts = page.locator('.gallery > section');
  await expect(charts.first()).toBeVisible();
  return charts;
}

/** Brings every drawing of a chart near the window, and waits for it. */
async function drawAll(chart: Locator): Promise<Locator[]> {
  const specimens = await chart.locator('.specimen').all();
  for (const specimen of specimens) {
    await specimen.scrollIntoViewIfNeeded();
    await expect(specimen.locator('svg[viewBox]')).toHaveCount(2);
  }
  return specimens;
}

async function findings({ page }: Lab, part: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).include(part).options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`,
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the gallery opens without findings on a page in ${colorScheme} colours`, async ({
    lab,
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const charts = await open(page);
    await expect(charts.first().locator('svg[viewBox]').nth(1)).toBeVisible();
    for (const part of ['.gallery > header', '#timeline']) {
      expect(await findings(lab, part)).toEqual([]);
    }
  });
}

test('the gallery fits a telephone', async ({ page }) => {
  await page.setViewportSize(TELEPHONE);
  await drawAll((await open(page)).first());
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(TELEPHONE.width);
});
