/**
 * Bundles a TypeScript entry for Node and imports it. The bundle stays in node_modules/.cache with
 * the list of its sources; it is built again only when one of them is newer.
 */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildKernels } from '../kernels.mjs';

export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const banner = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { dirname as __directoryOf } from 'node:path';",
  "import { fileURLToPath as __pathOf } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __pathOf(import.meta.url);',
  'const __dirname = __directoryOf(__filename);',
].join('\n');

const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : Number.POSITIVE_INFINITY);

function isFresh(output, list) {
  if (!existsSync(output) || !existsSync(list)) return false;
  const built = modified(output);
  const inputs = JSON.parse(readFileSync(list, 'utf8'));
  return inputs.every((input) => modified(join(projectRoot, input)) <= built);
}

/** Bundles `entry` (relative to the project) to `<name>.mjs` in the cache; returns its path. */
export async function bundle(entry, name) {
  const folder = join(projectRoot, 'node_modules/.cache/fade-lab');
  const output = join(folder, `${name}.mjs`);
  const list = join(folder, `${name}.inputs.json`);
  if (isFresh(output, list)) return output;
  const { build } = await import('esbuild');
  mkdirSync(folder, { recursive: true });
  const result = await build({
    absWorkingDir: projectRoot,
    entryPoints: [entry],
    outfile: output,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    banner: { js: banner },
    metafile: true,
    logLevel: 'error',
    sourcemap: 'inline',
    sourcesContent: false,
  });
  writeFileSync(
    list,
    JSON.stringify([...Object.keys(result.metafile.inputs), 'package-lock.json']),
  );
  return output;
}

/** The module at `entry` (relative to the project) as the only script of a page. */
export async function bundlePage(entry) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

/** The kernels that the bundle reads at run time are built as well. */
export async function bundleAndImport(entry, name) {
  await buildKernels();
  return import(pathToFileURL(await bundle(entry, name)).href);
}
