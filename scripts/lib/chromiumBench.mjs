/**
 * Runs `src/cli/bench/chromiumPage.ts` in Chromium and brings its results back. WebGPU on the software
 * adapter, unless FADE_GPU=1 asks for the machine's own.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { buildKernels } from '../kernels.mjs';
import { bundlePage, projectRoot } from './bundle.mjs';
import { ensureChromium } from './chromium.mjs';

const PAGE = '<!doctype html><title>benchmark</title><script src="./bench.js"></script>';
const TFJS = 'node_modules/@tensorflow/tfjs-backend-wasm/wasm-out';

/** A file of the page by its address: [content type, content]. */
async function fileAt(address, script) {
  const name = basename(new URL(address, 'http://localhost').pathname);
  if (name === 'bench.js') return ['text/javascript', script];
  if (!name.endsWith('.wasm')) return ['text/html', PAGE];
  const folder = name === 'kernels.wasm' ? 'src/engine/executors/wasm' : TFJS;
  return ['application/wasm', await readFile(join(projectRoot, folder, name))];
}

/** WebGPU wants a secure context: a server on this machine is one. */
async function serve(script) {
  const server = createServer(async (request, response) => {
    try {
      const [type, content] = await fileAt(request.url ?? '/', script);
      response.writeHead(200, { 'content-type': type }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

const memoryFlags = ['--js-flags=--expose-gc', '--enable-precise-memory-info'];
const softwareAdapter = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
const ownAdapter = ['--enable-unsafe-webgpu', '--enable-features=Vulkan'];

export const chromiumBench = {
  /** Results of the requests on a backend; null where Chromium lacks it. */
  async measure(backend, requests, tell) {
    await buildKernels();
    const { chromium } = await import('playwright');
    const server = await serve(await bundlePage('src/cli/bench/chromiumPage.ts'));
    const browser = await chromium.launch({
      executablePath: ensureChromium(),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ...memoryFlags,
        ...(process.env.FADE_GPU === '1' ? ownAdapter : softwareAdapter),
      ],
    });
    try {
      const page = await browser.newPage();
      await page.exposeFunction('tell', tell);
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      const place = await page.evaluate((name) => window.benchmarks.start(name), backend);
      if (place === null) return null;
      const results = [];
      for (const request of requests) {
        const measured = await page.evaluate(
          (given) => window.benchmarks.measure(...given),
          [place, request],
        );
        results.push(measured);
      }
      return results;
    } finally {
      await browser.close();
      server.close();
    }
  },
};
