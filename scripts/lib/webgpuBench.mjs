/**
 * Brings `src/cli/bench/webgpu.ts` into a browser and its numbers back. Chromium with the software
 * adapter, unless FADE_GPU=1 asks for the machine's own.
 */
import { createServer } from 'node:http';
import { projectRoot } from './bundle.mjs';
import { ensureChromium } from './chromium.mjs';

const PAGE = '<!doctype html><title>benchmark</title><script src="./bench.js"></script>';

async function pageScript() {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: ['src/cli/bench/webgpuPage.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

/** WebGPU wants a secure context: a server on this machine is one. */
async function serve(script) {
  const server = createServer((request, response) => {
    const wanted = request.url === '/bench.js';
    const type = wanted ? 'text/javascript' : 'text/html';
    response.writeHead(200, { 'content-type': type }).end(wanted ? script : PAGE);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

const softwareAdapter = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
const ownAdapter = ['--enable-unsafe-webgpu', '--enable-features=Vulkan'];

/** Runs `measure` on the page, with the adapter's name. Null where there is no WebGPU. */
async function onGpu(measure) {
  const { chromium } = await import('playwright');
  const server = await serve(await pageScript());
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(process.env.FADE_GPU === '1' ? ownAdapter : softwareAdapter),
    ],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const adapter = await page.evaluate(() => window.benchmarks.start());
    return adapter === null ? null : await measure(page, adapter);
  } finally {
    await browser.close();
    server.close();
  }
}

export const webgpuBench = {
  /** A step of the reference net: ours against `stock`. */
  executors: ({ batch = 4, repeats = 7 } = {}) =>
    onGpu((page, adapter) =>
      page.evaluate((given) => window.benchmarks.executors(...given), [adapter, batch, repeats]),
    ),
  /** Architectures trained alone: together against one by one. */
  networks: ({ networks = 24, batch = 32, steps = 3 } = {}) =>
    onGpu((page, adapter) =>
      page.evaluate(
        (given) => window.benchmarks.networks(...given),
        [adapter, networks, batch, steps],
      ),
    ),
};
