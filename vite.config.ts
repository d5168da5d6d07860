import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { buildKernels } from './scripts/kernels.mjs';

const tfjs = fileURLToPath(new URL('./node_modules/@tensorflow', import.meta.url));

/** The development server injects inline scripts and styles, which the page's policy forbids. */
const policyInBuildsOnly: Plugin = {
  name: 'policy-in-builds-only',
  apply: 'serve',
  transformIndexHtml: (html) =>
    html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

/** The kernels of the `wasm` executor are built from source, not checked in. */
const kernels: Plugin = {
  name: 'kernels',
  async buildStart() {
    await buildKernels();
  },
};

/** Later layers win, whichever chunk's styles arrive first: every style sheet names their order. */
const layerOrder: Plugin = {
  name: 'layer-order',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('.css') ? `@layer tokens, base, widgets, views;\n${code}` : null,
};

/** Lets the training thread share memory with helpers; without them it trains alone. */
const isolated = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './',
  plugins: [react(), layerOrder, policyInBuildsOnly, kernels],
  worker: { format: 'es' },
  server: { headers: isolated },
  preview: { headers: isolated },
  build: {
    target: 'es2022',
    // The first browsers with light-dark(), which would be rewritten for older ones.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
  test: {
    globalSetup: './scripts/kernels.mjs',
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'scripts/**/*.test.ts'],
    // One copy of tfjs-core: its gradients are a deep import that only the ES modules resolve.
    server: { deps: { inline: [/@tensorflow/] } },
    alias: [
      {
        find: /^@tensorflow\/(tfjs-core|tfjs-backend-\w+)$/,
        replacement: `${tfjs}/$1/dist/index.js`,
      },
    ],
    // The union package, used as a reference, registers the kernels of the cpu backend again.
    onConsoleLog: (line) => !/already (registered|been set)/.test(line),
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
