/** The gallery: what each drawing consists of, the same in both themes, and readable in both. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, type Lab, test } from './support/lab.ts';

/** Wide enough for both columns, whose width is then the same on every machine. */
const DESK = { width: 1440, height: 900 };
const TELEPHONE = { width: 390, height: 844 };

/**
 * The tree of each drawing as text: elements with class, key and role, and their texts; of neighbours of
 * one class the first three and a count. No geometry and no fonts: unit tests look at geometry. Runs in
 * the page, so it refers to nothing outside.
 */
function outlinesOf(drawings: Element[]): string[] {
  const most = 3;
  const kindOf = (element: Element) =>
    [element.tagName, element.getAttribute('class')].filter(Boolean).join('.');
  const nameOf = (element: Element) => {
    const key = element.getAttribute('data-key');
    const role = element.getAttribute('role');
    const text = element.children.length === 0 ? element.textContent?.trim() : '';
    return `${kindOf(element)}${key ? ` #${key}` : ''}${role ? ` (${role})` : ''}${text ? `: ${text}` : ''}`;
  };
  const linesOf = (element: Element): string[] => {
    const children = [...element.children];
    return children.flatMap((child, i) => {
      const start = children.slice(0, i + 1).findLastIndex((one) => kindOf(one) !== kindOf(child));
      const place = i - start;
      const next = children[i + 1];
      const ends = !next || kindOf(next) !== kindOf(child);
      const own = [nameOf(child), ...linesOf(child).map((line) => `  ${line}`)];
      return [
        ...(place <= most ? own : []),
        ...(ends && place > most ? [`… ${kindOf(child)} × ${place}`] : []),
      ];
    });
  };
  return drawings.map((drawing) => linesOf(drawing).join('\n'));
}

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

test('every drawing keeps its parts and words, in both themes', async ({ page }) => {
  test.slow();
  await page.setViewportSize(DESK);
  for (const chart of await (await open(page)).all()) {
    const parts: string[] = [];
    for (const specimen of await drawAll(chart)) {
      const [light, dark] = await specimen.locator('svg').evaluateAll(outlinesOf);
      expect(dark).toBe(light);
      const name = await specimen.locator('h3').textContent();
      const words = await specimen.locator('.specimen-words').textContent();
      expect(await specimen.locator('svg').first().getAttribute('aria-label')).toBe(words);
      parts.push(`## ${name}\n${words}\n\n${light}`);
    }
    expect(`${parts.join('\n\n')}\n`).toMatchSnapshot(`${await chart.getAttribute('id')}.txt`);
  }
});

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
