/** Every kind of operation on WebGPU, in the built worker, against plain JavaScript. */
import { readdirSync } from 'node:fs';
import { expect, LONG, test } from '../support/lab.ts';

interface Check {
  readonly operation: string;
  readonly error: number;
}

test('gradients on WebGPU agree with plain JavaScript', async ({ lab, page }) => {
  test.setTimeout(3 * LONG);
  const worker = readdirSync('dist/assets').find((name) => /^worker-.*\.js$/.test(name));
  await lab.open();
  const { backend, checks } = await page.evaluate(async (file) => {
    const thread = new Worker(`./assets/${file}`, { type: 'module' });
    const ask = (id: number, type: string, body: unknown) =>
      new Promise<never>((resolve, reject) => {
        thread.addEventListener('message', ({ data }) => {
          if (data.kind !== 'reply' || data.id !== id) return;
          if (data.ok) resolve(data.result as never);
          else reject(new Error(data.error.message));
        });
        thread.postMessage({ kind: 'request', id, type, body });
      });
    thread.postMessage({ kind: 'open', setup: { baseUrl: document.baseURI } });
    const probe: { chosen: { name: string } } = await ask(1, 'backend', { prefer: 'webgpu' });
    const found: Check[] = await ask(2, 'gradients', null);
    thread.terminate();
    return { backend: probe.chosen.name, checks: found };
  }, worker);
  test.skip(backend !== 'webgpu', 'this browser has no WebGPU adapter, not even a software one');
  const report = checks.map(({ operation, error }) => `${operation} ${error.toExponential(1)}`);
  console.log(`gradient errors on WebGPU: ${report.join(', ')}`);
  expect(checks).toHaveLength(8);
  for (const { operation, error } of checks) expect(error, operation).toBeLessThan(1e-4);
});
