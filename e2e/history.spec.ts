import { expect, Lab, LONG, test } from './support/lab.ts';
import { digestOf, readLog } from './support/logs.ts';

test('survives a reload in the middle of training and goes on to the same result', async ({
  lab,
  page,
}) => {
  const settings = { 'search.generations': 2, 'supernet.steps': 3000 };
  await lab.open();
  await lab.start('smoke', settings);
  await lab.finish();
  const whole = await readLog(await lab.exportRun());

  await lab.start('smoke', settings);
  await expect(async () => expect(await lab.generation()).toBe(2)).toPass({ timeout: LONG });
  await lab.trainingStep(20);
  await page.reload();
  await expect(lab.status).toHaveText(/Paused/, { timeout: 30_000 });
  expect(await lab.generation()).toBeGreaterThanOrEqual(1);
  await lab.part('play').click();
  await lab.finish();
  const resumed = await readLog(await lab.exportRun());
  expect(digestOf(resumed)).toBe(digestOf(whole));
});

test('goes back and branches', async ({ lab }) => {
  await lab.open();
  await lab.start('smoke', { 'search.generations': 3 });
  await lab.finish();
  await expect(lab.part('generation-label')).toHaveText(/Generation 3/);
  await lab.part('back').click();
  await lab.part('back').click();
  await expect(lab.status).toHaveText(/in the past/);
  const generation = await lab.generation();
  expect(generation).toBeLessThan(3);

  await lab.part('branch').click();
  await expect(lab.status).toHaveText(/Paused|Waiting/);
  await lab.part('play').click();
  await lab.finish();
  const branch = await readLog(await lab.exportRun());
  const header = branch.events[0];
  expect(header?.type === 'run/started' && header.parent).toBeTruthy();
});

test('exports a run and opens it again', async ({ lab, page }) => {
  await lab.open();
  await lab.start('smoke');
  await lab.finish();
  const bytes = await lab.exportRun();
  const log = await readLog(bytes);
  expect(log.events.at(-1)?.type).toBe('run/finished');

  const other = await page.context().browser()?.newContext();
  const fresh = await other?.newPage();
  if (!other || !fresh) throw new Error('no second context');
  const second = new Lab(fresh);
  await second.open(page.url());
  const chooser = fresh.waitForEvent('filechooser');
  await second.part('open-run').click();
  await (await chooser).setFiles({
    name: 'run.jsonl.gz',
    mimeType: 'application/gzip',
    buffer: bytes,
  });
  await expect(second.part('generation-label')).toHaveText(/Generation 2 of 2/);
  const again = await readLog(await second.exportRun());
  expect(digestOf(again)).toBe(digestOf(log));
  await other.close();
});

test('refuses a file that is no run, and says why', async ({ lab, page }) => {
  await lab.open();
  const chooser = page.waitForEvent('filechooser');
  await lab.part('open-run').click();
  await (await chooser).setFiles({
    name: 'notes.jsonl',
    mimeType: 'application/json',
    buffer: Buffer.from('{"format":"something else"}\n'),
  });
  await expect(lab.part('error-banner').filter({ hasText: 'notes.jsonl' }).first()).toBeVisible();
});
