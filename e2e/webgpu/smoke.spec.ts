import { expect, LONG, test } from '../support/lab.ts';
import { rankedIn, readLog } from '../support/logs.ts';

test('two smoke generations on WebGPU in the worker', async ({ lab, page }) => {
  test.setTimeout(3 * LONG);
  await lab.open();
  const adapter = await page.evaluate(async () => {
    if (!('gpu' in navigator)) return false;
    const gpu = navigator.gpu as { requestAdapter(): Promise<object | null> };
    return (await gpu.requestAdapter()) !== null;
  });
  test.skip(!adapter, 'this browser has no WebGPU adapter, not even a software one');
  await lab.configure('smoke');
  await lab.part('settings-start').click();
  await expect(lab.part('backend-badge')).toHaveText(/WebGPU · /, { timeout: LONG });
  await expect(lab.status).toHaveText(/Finished/, { timeout: 2.5 * LONG });
  const log = await readLog(await lab.exportRun());
  const header = log.events[0];
  expect(header?.type === 'run/started' && header.backend.name).toBe('webgpu');
  expect(rankedIn(log)).toHaveLength(2);
  expect(page.workers()).toHaveLength(1);
});
