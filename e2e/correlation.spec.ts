import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { logDigest } from '../src/core/log/digest.ts';
import { packLog, unpackLog } from '../src/core/log/file.ts';
import type { StudyLog } from '../src/core/study/events.ts';
import { STUDY_LOG } from '../src/core/study/log.ts';
import { syntheticStudyConfig, syntheticStudyLog } from '../src/core/study/testing.ts';
import { bytesOf, expect, Lab, LONG, test } from './support/lab.ts';

/** The correlation screen as a user drives it. */
class StudyLab extends Lab {
  get badge() {
    return this.part('study-badge');
  }

  async enter(): Promise<void> {
    await this.open();
    await this.part('view-correlation').click();
  }

  field(path: string) {
    return this.page.locator(`[data-field="${path}"] input`);
  }

  override async start(): Promise<void> {
    await this.part('study-start').click();
    await expect(this.badge).toHaveText(/Starting|Measuring|Finished/);
  }

  override async finish(): Promise<void> {
    await expect(this.badge).toHaveText('Finished', { timeout: LONG });
  }

  async exportStudy(): Promise<StudyLog> {
    const download = this.page.waitForEvent('download');
    await this.part('export-study').click();
    return unpackLog(STUDY_LOG, await bytesOf(download), 'export');
  }

  /** Jobs done, as the progress says. */
  async jobs(): Promise<number> {
    const text = (await this.part('study-jobs').textContent()) ?? '';
    return Number(/^[\d,]+/.exec(text)?.[0].replace(',', '') ?? 0);
  }
}

const evaluations = ({ events }: StudyLog) =>
  events.filter((event) => event.type === 'evaluation/finished');

/** Serves a made-up study as if it shipped with the lab. */
async function shipStudy(page: Page): Promise<StudyLog> {
  const config = syntheticStudyConfig();
  const log = syntheticStudyLog({ config, amount: { architectures: 9, seeds: 2, supernets: 2 } });
  const body = Buffer.from(await packLog(STUDY_LOG, log));
  const about = 'Nine architectures, two seeds each.';
  const entry = { file: 'mnist.jsonl.gz', title: 'MNIST, made up', dataset: 'mnist', about };
  await page.route('**/studies/index.json', (route) =>
    route.fulfill({ json: { studies: [entry] } }),
  );
  await page.route('**/studies/mnist.jsonl.gz', (route) => route.fulfill({ body }));
  return log;
}

test('from the empty state to a finished correlation, more of it, and its table', async ({
  page,
}) => {
  test.setTimeout(3 * LONG);
  const lab = new StudyLab(page);
  await lab.enter();
  await expect(lab.part('study-setup')).toBeVisible();
  await lab.part('preset-smoke').click();
  await expect(lab.field('architectures')).toHaveValue('8');
  await expect(lab.part('study-cost')).toContainText(/about/);
  await lab.start();
  await lab.finish();
  await expect(lab.part('tile-spearman')).toContainText(/−?[01]?\.\d\d/);
  await expect(lab.part('scatter-drawing').locator('.point')).toHaveCount(8);
  await expect(lab.part('warnings')).toContainText('Only 8 architectures');

  await lab.part('study-more').click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[data-field="architectures"] input').fill('9');
  await dialog.locator('[data-field="seeds"] input').fill('2');
  await lab.part('more-start').click();
  await expect(lab.part('scatter-drawing').locator('.point')).toHaveCount(9, { timeout: LONG });
  await lab.finish();
  await expect(lab.part('split-half-drawing')).toBeVisible();

  const download = page.waitForEvent('download');
  await lab.part('study-export').click();
  await page.getByRole('menuitem', { name: 'Table (CSV)' }).click();
  const lines = (await bytesOf(download)).toString('utf8').trim().split('\r\n');
  expect(lines).toHaveLength(10);
  const columns = lines[0]?.split(',') ?? [];
  expect(columns).toEqual(expect.arrayContaining(['architecture', 'mean accuracy', 'accuracy 2']));
  expect(columns.filter((name) => name.startsWith('score '))).not.toHaveLength(0);
  const trainings = columns.indexOf('trainings');
  expect(lines.slice(1).map((line) => line.split(',')[trainings])).toEqual(Array(9).fill('2'));

  const log = await lab.exportStudy();
  expect(evaluations(log)).toHaveLength(18);
  const names = evaluations(log).map(({ architecture, seed }) => `${architecture} ${seed}`);
  expect(new Set(names).size).toBe(18);

  await lab.part('train-longer').first().click();
  await expect(lab.part('pair-outcome').first()).toHaveText(/^After 16 steps/, { timeout: LONG });

  const pair = lab.part('pairs').locator('.pair-row').first();
  await pair.getByTestId('compare-pair').click();
  await expect(lab.part('network-drawing')).toBeVisible();
  await expect(lab.part('network-compared-drawing')).toBeVisible();
  const id = await lab.part('architecture-id').textContent();
  await expect(lab.part('compare-with')).not.toHaveValue(id ?? '');
  await expect(lab.part('compare-with')).toHaveValue(/^3:/);
});

test('survives a reload in the middle and repeats nothing', async ({ page }) => {
  test.setTimeout(3 * LONG);
  const lab = new StudyLab(page);
  await lab.enter();
  await lab.part('preset-smoke').click();
  await lab.field('steps').fill('60');
  await lab.start();
  await expect(async () => expect(await lab.jobs()).toBeGreaterThanOrEqual(3)).toPass({
    timeout: LONG,
    intervals: [50],
  });
  await page.reload();
  await lab.part('view-correlation').click();
  await expect(lab.badge).toHaveText('Paused', { timeout: 30_000 });
  expect(await lab.jobs()).toBeGreaterThanOrEqual(3);
  const before = await lab.exportStudy();
  await lab.part('study-toggle').click();
  await lab.finish();
  const after = await lab.exportStudy();
  expect(after.id).toBe(before.id);
  expect(after.events.slice(0, before.events.length)).toEqual(before.events);
  const names = evaluations(after).map(({ architecture, seed }) => `${architecture} ${seed}`);
  expect(names).toHaveLength(8);
  expect(new Set(names).size).toBe(8);
});

test('pauses after the step and goes on', async ({ page }) => {
  const lab = new StudyLab(page);
  await lab.enter();
  await lab.part('preset-smoke').click();
  await lab.field('steps').fill('2000');
  await lab.start();
  await expect(lab.part('study-progress')).toContainText('alone', { timeout: LONG });
  await lab.part('study-toggle').click();
  await expect(lab.badge).toHaveText('Paused', { timeout: 10_000 });
  const log = await lab.exportStudy();
  await page.waitForTimeout(1000);
  expect((await lab.exportStudy()).events).toEqual(log.events);
  await page.keyboard.press('p');
  await expect(lab.badge).toHaveText('Measuring', { timeout: LONG });
  await page.keyboard.press('p');
  await expect(lab.badge).toHaveText('Paused', { timeout: 10_000 });
});

test('opens a recorded study, and its file in another browser', async ({ page }) => {
  const log = await shipStudy(page);
  const lab = new StudyLab(page);
  await lab.enter();
  await lab.part('shipped-mnist').click();
  await expect(lab.badge).toHaveText('Recorded');
  await expect(lab.part('tile-spearman')).toContainText(/\.\d\d/);
  await expect(lab.part('rankers-drawing').locator('.ranker-row')).not.toHaveCount(0);
  await expect(lab.part('curve-drawing')).toBeVisible();

  await lab.part('ranker-picker').selectOption('depth');
  await expect(lab.part('scatter')).toContainText('−depth against the truth');
  await lab.part('tile-tauB').click();
  await expect(lab.part('figure-picker')).toHaveValue('tauB');
  await lab.part('top-slider').fill('2');
  await expect(lab.part('top-k')).toContainText('Top 2 of 9');

  const download = page.waitForEvent('download');
  await lab.part('export-study').click();
  const bytes = await bytesOf(download);
  const other = await page.context().browser()?.newContext();
  const fresh = await other?.newPage();
  if (!other || !fresh) throw new Error('no second context');
  const second = new StudyLab(fresh);
  await second.open(page.url());
  const chooser = fresh.waitForEvent('filechooser');
  await second.part('open-run').click();
  const mimeType = 'application/gzip';
  await (await chooser).setFiles({ name: 'study.jsonl.gz', mimeType, buffer: bytes });
  await second.finish();
  const again = await second.exportStudy();
  expect(logDigest(STUDY_LOG, again.events)).toBe(logDigest(STUDY_LOG, log.events));
  await other.close();
});

test('takes the region on the search screen, and says what it cannot measure', async ({ page }) => {
  const lab = new StudyLab(page);
  await lab.open();
  await lab.part('correlate-region').click();
  await expect(lab.part('study-setup')).toBeVisible();
  await expect(lab.part('source-captured').locator('input')).toBeChecked();
  await expect(lab.part('source-captured')).toContainText('Generation');
  await lab.field('architectures').fill('2');
  await expect(page.getByText('2 is not allowed')).toBeVisible();
  await expect(lab.part('study-start')).toBeDisabled();
  await lab.field('architectures').fill('5');
  await expect(lab.part('study-start')).toBeEnabled();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has no serious findings in ${colorScheme} colours`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await shipStudy(page);
    const lab = new StudyLab(page);
    await lab.enter();
    const findings = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
    };
    await expect(lab.part('shipped-mnist')).toBeVisible();
    expect(await findings()).toEqual([]);
    await lab.part('shipped-mnist').click();
    await expect(lab.part('architectures')).toBeVisible();
    expect(await findings()).toEqual([]);
  });
}

test('fits a telephone without scrolling sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await shipStudy(page);
  const lab = new StudyLab(page);
  await lab.enter();
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect(lab.part('shipped-mnist')).toBeVisible();
  expect(await width()).toBeLessThanOrEqual(390);
  await lab.part('shipped-mnist').click();
  await expect(lab.part('architectures')).toBeVisible();
  expect(await width()).toBeLessThanOrEqual(390);
});
