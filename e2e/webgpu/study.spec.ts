/**
 * Studies on WebGPU, on the software GPU: architectures trained side by side come to what each comes to
 * alone, and a lost device costs time but no result. The page is made here, as of `executor.spec.ts`.
 */
import { expect, LONG, test } from '../support/lab.ts';
import { openTestPage } from '../support/testPage.ts';

test('a study trains its architectures side by side', async ({ page }) => {
  test.setTimeout(3 * LONG);
  await openTestPage(page, 'e2e/webgpu/study/page.ts');
  const available = await page.evaluate(() => window.studies.start());
  test.skip(!available, 'this browser has no WebGPU adapter, not even a software one');

  await test.step('and writes the log of one by one', async () => {
    const { same, difference, groups, capacity, types } = await page.evaluate(() =>
      window.studies.together(),
    );
    expect(types.filter((type) => type === 'evaluation/finished')).toHaveLength(4);
    expect(types.at(-1)).toBe('study/finished');
    expect(groups).toEqual([4]);
    expect(capacity).toBe(24);
    expect(same).toBe(true);
    expect(difference).toBeLessThan(1e-4);
  });

  await test.step('and one that diverges leaves the others as they are', async () => {
    const { reasons, same, difference, wild, wildAlone } = await page.evaluate(() =>
      window.studies.divergence(),
    );
    expect(reasons).toEqual([null, expect.stringMatching(/not a number at step 2/), null]);
    expect(same).toBe(true);
    expect(difference).toBeLessThan(1e-4);
    expect(wild[0]).toMatch(/not a number/);
    expect(wild).toEqual(wildAlone);
  });

  await test.step('and leaves no buffer behind', async () => {
    const { held, added, left } = await page.evaluate(() => window.studies.growth());
    expect(held).toBeGreaterThan(10);
    expect(added).toBe(0);
    expect(left).toBe(0);
  });

  await test.step('and goes on with the group in whose middle it was paused', async () => {
    const { ended, steps, left, same, difference } = await page.evaluate(() =>
      window.studies.pausing(24),
    );
    expect(ended).toBe('cancelled');
    expect(steps).toEqual([expect.any(Number)]);
    expect(steps[0]).toBeGreaterThan(0);
    expect(left).toBe(0);
    expect(same).toBe(true);
    expect(difference).toBeLessThan(1e-4);
  });

  await test.step('and loses the device twice on the way', async () => {
    // Steps and tested batches count from 0: first in the supernet, then in the group of four.
    const { same, difference, renewals, groups, again, last } = await page.evaluate(() =>
      window.studies.losses([2, 24]),
    );
    expect(groups).toEqual([4, 4]);
    expect(again).toEqual([1, 4]);
    expect(last?.type).toBe('study/finished');
    expect(renewals).toBe(2);
    expect(same).toBe(true);
    expect(difference).toBeLessThan(1e-4);
  });

  await test.step('or loses it under the tensors of tfjs', async () => {
    const { values, trusted } = await page.evaluate(() => window.studies.lossUnderTensors());
    expect(values).toEqual([3, 3]);
    expect(trusted).toBe(true);
  });
});
