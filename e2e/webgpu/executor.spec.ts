/**
 * The WebGPU executor on the software GPU: it must agree with the `stock` executor on plain
 * JavaScript in everything, and with itself alone and among others. The page is made here: a bundle
 * of `executor/page.ts`, since the app does not expose its executors.
 */
import { expect, LONG, test } from '../support/lab.ts';
import { openTestPage } from '../support/testPage.ts';

test('the WebGPU executor agrees with stock', async ({ page }) => {
  test.setTimeout(3 * LONG);
  await openTestPage(page, 'e2e/webgpu/executor/page.ts');
  const available = await page.evaluate(() => window.checks.start());
  test.skip(!available, 'this browser has no WebGPU adapter, not even a software one');

  await test.step('gradients of every option', async () => {
    const gradients = await page.evaluate(() => window.checks.gradients());
    const report = gradients.map(({ name, error }) => `${name} ${error.toExponential(1)}`);
    console.log(`gradient errors of the executor: ${report.join('; ')}`);
    for (const { name, error } of gradients) expect(error, name).toBeLessThan(1e-4);
  });

  await test.step('fifty steps of the reference graph', async () => {
    const curve = await page.evaluate(() => window.checks.curve());
    console.log(`fifty steps: ${JSON.stringify(curve)}`);
    expect(curve.dispatches).toBeLessThanOrEqual(130);
    expect(curve.fell).toBeGreaterThan(0.1);
    expect(curve.losses).toBeLessThan(1e-3);
    expect(curve.weights).toBeLessThan(1e-3);
  });

  await test.step('alpha from a batch of its own', async () => {
    const { losses, weights } = await page.evaluate(() => window.checks.firstOrder());
    expect(losses).toBeLessThan(1e-5);
    expect(weights).toBeLessThan(1e-5);
  });

  await test.step('a batch in parts', async () => {
    const { losses, accuracies, weights } = await page.evaluate(() => window.checks.parts());
    expect(losses).toBeLessThan(1e-5);
    expect(accuracies).toBe(0);
    expect(weights).toBeLessThan(1e-5);
  });

  await test.step('evaluation of mixtures', async () => {
    const { difference, values } = await page.evaluate(() => window.checks.evaluation());
    expect(values).toBe(8);
    expect(difference).toBeLessThan(1e-5);
  });

  await test.step('save and restore', async () => {
    const restored = await page.evaluate(() => window.checks.restoring());
    expect(restored.names).toContain('weightSecond');
    expect(restored.same).toBe(0);
    expect(restored.sameWeights).toBe(0);
    expect(restored.stock).toBeLessThan(1e-4);
  });

  await test.step('many networks at once', async () => {
    const networks = await page.evaluate(() => window.checks.networks());
    expect(networks.count).toBe(3);
    expect(networks.spread).toBeGreaterThan(1e-3);
    expect(networks.difference).toBe(0);
    expect(networks.tightCount).toBeLessThan(3);
  });

  await test.step('no buffer is left behind', async () => {
    expect(await page.evaluate(() => window.checks.growth())).toBe(0);
  });

  await test.step('no room, said in words', async () => {
    const failure = await page.evaluate(() => window.checks.noRoom());
    expect(failure?.code).toBe('out-of-memory');
    expect(failure?.message).toMatch(/At most 4 images fit/);
  });

  await test.step('a lost device', async () => {
    const { failure, difference } = await page.evaluate(() => window.checks.loss());
    expect(failure?.code).toBe('device-lost');
    expect(difference).toBe(0);
  });
});
