/**
 * Compiles the kernels of the `wasm` executor (AssemblyScript) to kernels.wasm beside them. Does
 * nothing while neither the sources nor the compiler changed. Called by the build, the tests and the
 * command line; by hand: `node scripts/kernels.mjs`.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const sources = join(root, 'src/engine/executors/wasm/assembly');
const stamp = join(root, 'node_modules/.cache/fade-lab/kernels.sha256');

/** Where the binary lies. */
export const kernelsFile = join(root, 'src/engine/executors/wasm/kernels.wasm');

const OPTIONS = [
  '-O3',
  '--noAssert',
  '--runtime=stub',
  '--importMemory',
  '--enable=simd',
  '--disable=bulk-memory',
];

const sourceFiles = () =>
  readdirSync(sources)
    .filter((name) => name.endsWith('.ts'))
    .sort();

/** Hash of all that decides the binary. */
function fingerprint() {
  const hash = createHash('sha256');
  const compiler = join(root, 'node_modules/assemblyscript/package.json');
  hash.update(JSON.parse(readFileSync(compiler, 'utf8')).version);
  hash.update(OPTIONS.join(' '));
  for (const name of sourceFiles()) {
    hash.update(name);
    hash.update(readFileSync(join(sources, name)));
  }
  return hash.digest('hex');
}

const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** True if the binary is what these sources gave last time. */
function isFresh(wanted) {
  if (!existsSync(kernelsFile) || !existsSync(stamp)) return false;
  const [source, binary] = readFileSync(stamp, 'utf8').trim().split(' ');
  return source === wanted && binary === hashOf(readFileSync(kernelsFile));
}

/** Replaces a file in one go: other processes may be reading it. */
function replace(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  const passing = `${path}.${process.pid}`;
  writeFileSync(passing, content);
  renameSync(passing, path);
}

async function compile() {
  const { default: asc } = await import('assemblyscript/asc');
  const outputs = new Map();
  const { error, stderr } = await asc.main(
    ['index.ts', `--baseDir=${sources}`, '--outFile=kernels.wasm', ...OPTIONS],
    { writeFile: (name, content) => outputs.set(name, content) },
  );
  const binary = outputs.get('kernels.wasm');
  if (error || !binary) {
    throw new Error(`The kernels did not compile: ${error?.message ?? ''}\n${stderr.toString()}`);
  }
  return binary;
}

/** Builds the binary unless it is there already; returns its path. */
export async function buildKernels() {
  const wanted = fingerprint();
  if (isFresh(wanted)) return kernelsFile;
  const binary = await compile();
  replace(kernelsFile, binary);
  replace(stamp, `${wanted} ${hashOf(binary)}\n`);
  return kernelsFile;
}

/** For vitest (`globalSetup`). */
export async function setup() {
  await buildKernels();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await buildKernels());
