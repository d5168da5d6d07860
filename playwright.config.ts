/**
 * Browser tests on the built app (`npm run build` first). Two projects: `wasm` starts Chromium as it
 * is, where a machine without a GPU has no WebGPU adapter; `webgpu` adds the software adapter.
 */
import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/lib/chromium.mjs';

const port = 4179;
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
];
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const softwareGpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
const executablePath = findChromium();

const launch = (...more: string[]) => ({
  launchOptions: {
    args: [...quiet, ...sandbox, ...more],
    ...(executablePath === null ? {} : { executablePath }),
  },
});

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: 'node_modules/.cache/fade-lab/playwright.json' }]],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  webServer: {
    command: `node_modules/.bin/vite preview --port ${port} --strictPort`,
    port,
    timeout: 60_000,
    reuseExistingServer: false,
  },
  projects: [
    { name: 'wasm', testMatch: /e2e\/[^/]+\.spec\.ts$/, use: launch('--disable-gpu') },
    { name: 'webgpu', testMatch: /e2e\/webgpu\/[^/]+\.spec\.ts$/, use: launch(...softwareGpu) },
  ],
});
