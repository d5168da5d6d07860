import { AxeBuilder } from '@axe-core/playwright';
import { expect, LONG, test } from './support/lab.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the benchmarks measure, and have no serious findings in ${colorScheme} colours`, async ({
    lab,
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('./?bench');
    for (const id of ['executors', 'scaling', 'networks', 'pool', 'growth']) {
      await lab.part(`bench-want-${id}`).uncheck();
    }
    await lab.part('bench-quick').check();
    await lab.part('bench-start').click();
    await expect(lab.part('bench-status')).toHaveText('Done: 1 of 1 benchmarks', { timeout: LONG });
    const rows = lab.part('bench-kernels').getByRole('row');
    await expect(rows).toHaveCount(1 + 3 * 16 + 2);
    await expect(rows.nth(1)).toContainText('convolution, bias, ReLU');

    await lab.part('bench-markdown').click();
    await expect(lab.part('bench-said')).toHaveText('Copied as Markdown.');
    const markdown = await page.evaluate(() => navigator.clipboard.readText());
    expect(markdown).toContain('| kernel | shape | tfjs, ms | ours, ms | ratio | GFLOP/s |');
    await lab.part('bench-json').click();
    await expect(lab.part('bench-said')).toHaveText('Copied as JSON.');
    const report = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    expect(report.results[0].benchmark).toBe('kernels');

    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(
      ({ impact }) => impact === 'serious' || impact === 'critical',
    );
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
  });
}

test('a benchmark is cancelled at once, and the lab is one link away', async ({ lab, page }) => {
  await page.goto('./?bench');
  await lab.part('bench-start').click();
  await expect(lab.part('bench-status')).toContainText('Measuring', { timeout: LONG });
  await lab.part('bench-cancel').click();
  await expect(lab.part('bench-status')).toContainText('Cancelled', { timeout: 2000 });
  await expect(lab.part('bench-start')).toBeVisible();
  await page.getByRole('link', { name: 'Back to the lab', exact: true }).click();
  await expect(lab.part('play')).toBeVisible();
});
