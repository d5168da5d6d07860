import { expect, LONG, test } from './support/lab.ts';
import { rankedIn, readLog } from './support/logs.ts';

declare global {
  interface Window {
    longTasks?: number[];
  }
}

test('without an adapter: WASM, with a notice; one quick generation', async ({ lab, page }) => {
  test.setTimeout(2 * LONG);
  await page.addInitScript(() => {
    const durations: number[] = [];
    window.longTasks = durations;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) durations.push(entry.duration);
    }).observe({ type: 'longtask' });
  });
  await lab.open();
  await lab.configure('quick', { 'search.generations': 1 });
  await page.evaluate(() => window.longTasks?.splice(0));
  await lab.part('settings-start').click();
  await expect(lab.part('backend-badge')).toHaveText(/WASM/, { timeout: 60_000 });
  await expect(lab.part('backend-badge')).toHaveText(/no WebGPU adapter/);
  await expect(lab.part('notice').filter({ hasText: 'WebGPU' }).first()).toBeVisible();
  await lab.trainingStep(5);
  await expect(lab.status).toHaveText(/Finished/, { timeout: 1.5 * LONG });

  const tasks = await page.evaluate(() => window.longTasks ?? []);
  const longest = Math.max(0, ...tasks);
  const report = `longest ${longest.toFixed(0)} ms, ${tasks.length} over 50 ms`;
  test.info().annotations.push({ type: 'main-thread tasks while training', description: report });
  console.log(`main-thread tasks while training: ${report}`);

  const log = await readLog(await lab.exportRun());
  expect(log.events.at(-1)?.type).toBe('run/finished');
  const [ranked] = rankedIn(log);
  expect(ranked?.weights).toHaveLength(2);
  for (const weights of ranked?.weights ?? []) {
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 4);
    expect(Math.max(...weights) - Math.min(...weights)).toBeGreaterThan(0.001);
  }
  expect(ranked?.accuracy).toBeGreaterThan(0.3);
});

test('pauses, resumes and gives way to another run', async ({ lab }) => {
  await lab.open();
  await lab.start('smoke', { 'supernet.steps': 20_000, 'search.generations': 1 });
  await lab.trainingStep(5);
  await lab.part('play').click();
  await expect(lab.status).toHaveText(/Paused/, { timeout: 10_000 });
  const paused = await lab.step();
  await lab.page.waitForTimeout(1000);
  expect(await lab.step()).toBe(paused);

  await lab.part('play').click();
  await expect(lab.status).toHaveText(/Running/);
  await lab.trainingStep(paused + 5);

  await lab.part('play').click();
  await expect(lab.status).toHaveText(/Paused/, { timeout: 10_000 });
  await lab.part('restart').click();
  await expect(lab.status).toHaveText(/Running/);
  await expect(lab.page.getByText('seed 2').first()).toBeVisible();
  await lab.part('play').click();
  await expect(lab.status).toHaveText(/Paused/, { timeout: 10_000 });
});

test('steps one phase and one generation at a time', async ({ lab }) => {
  await lab.open();
  await lab.start('smoke', { 'search.generations': 3, 'supernet.steps': 4000 });
  await lab.trainingStep();
  await lab.part('play').click();
  await expect(lab.status).toHaveText(/Paused/, { timeout: 10_000 });
  await lab.part('step-generation').click();
  await expect(lab.status).toHaveText(/Waiting/, { timeout: LONG });
  await expect(lab.part('phase-label')).toHaveText(/gradient/i);
  expect(await lab.generation()).toBe(1);
  await lab.part('sub-step').click();
  await expect(lab.part('phase-label')).toHaveText(/proposed/i, { timeout: LONG });
  expect(await lab.generation()).toBe(2);
  await lab.part('sub-step').click();
  await expect(lab.part('phase-label')).toHaveText(/trained/i, { timeout: LONG });
});
