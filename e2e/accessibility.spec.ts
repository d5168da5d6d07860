import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Lab, test } from './support/lab.ts';

async function seriousFindings(lab: Lab) {
  const { violations } = await new AxeBuilder({ page: lab.page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has no serious findings in ${colorScheme} colours`, async ({ lab, page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await lab.open();
    await expect(lab.part('best-list').getByRole('listitem').first()).toBeVisible();
    expect(await seriousFindings(lab)).toEqual([]);
    for (const view of ['data', 'learn']) {
      await lab.part(`view-${view}`).click();
      expect(await seriousFindings(lab)).toEqual([]);
    }
    await lab.part('view-search').click();
    await lab.part('settings-open').first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await seriousFindings(lab)).toEqual([]);
  });
}

test('fits a telephone without scrolling sideways', async ({ lab, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open();
  const tooWide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class')}`)
      .slice(0, 8);
  });
  expect(tooWide).toEqual([]);
});

test('changes its theme', async ({ lab, page }) => {
  await lab.open();
  const ink = () => page.evaluate(() => getComputedStyle(document.body).getPropertyValue('color'));
  const before = await ink();
  await lab.part('theme-toggle').click();
  await expect.poll(ink).not.toBe(before);
});
