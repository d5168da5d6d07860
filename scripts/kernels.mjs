/**
 * Compiles the kernels of the `wasm` executor (AssemblyScript) to two binaries beside them:
 * kernels.wasm, and kernelsShared.wasm, which differs only in taking a memory that threads share. Does
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
const folder = join(root, 'src/engine/executors/wasm');
const sources = join(folder, 'assembly');

const OPTIONS = [
  '-O3',
  '--noAssert',
  '--runtime=stub',
  '--importMemory',
  '--enable=simd',
  '--disable=bulk-memory',
];

/** The largest memory, 4 GB, is what the module allows; how much there is, its maker decides. */
const SHARED = ['--enable=threads', '--sharedMemory', '--initialMemory=1', '--maximumMemory=65536'];

const BINARIES = [
  { name: 'kernels', options: OPTIONS },
  { name: 'kernelsShared', options: [...OPTIONS, ...SHARED] },
];

const binaryOf = (name) => join(folder, `${name}.wasm`);
const stampOf = (name) => join(root, `node_modules/.cache/fade-lab/${name}.sha256`);

const sourceFiles = () =>
  readdirSync(sources)
    .filter((name) => name.endsWith('.ts'))
    .sort();

/** Hash of all that decides a binary. */
function fingerprint(options) {
  const hash = createHash('sha256');
  const compiler = join(root, 'node_modules/assemblyscript/package.json');
  hash.update(JSON.parse(readFileSync(compiler, 'utf8')).version);
  hash.update(options.join(' '));
  for (const name of sourceFiles()) {
    hash.update(name);
    hash.update(readFileSync(join(sources, name)));
  }
  return hash.digest('hex');
}

const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** True if the binary is what these sources gave last time. */
function isFresh(name, wanted) {
  if (!existsSync(binaryOf(name)) || !existsSync(stampOf(name))) return false;
  const [source, binary] = readFileSync(stampOf(name), 'utf8').trim().split(' ');
  return source === wanted && binary === hashOf(readFileSync(binaryOf(name)));
}

/** Replaces a file in one go: other processes may be reading it. */
function replace(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  const passing = `${path}.${process.pid}`;
  writeFileSync(passing, content);
  renameSync(passing, path);
}

async function compile(options) {
  const { default: asc } = await import('assemblyscript/asc');
  const outputs = new Map();
  const { error, stderr } = await asc.main(
    ['index.ts', `--baseDir=${sources}`, '--outFile=kernels.wasm', ...options],
    { writeFile: (name, content) => outputs.set(name, content) },
  );
  const binary = outputs.get('kernels.wasm');
  if (error || !binary) {
    throw new Error(`The kernels did not compile: ${error?.message ?? ''}\n${stderr.toString()}`);
  }
  return binary;
}

/** Builds the binaries unless they are there already; returns their paths. */
export async function buildKernels() {
  for (const { name, options } of BINARIES) {
    const wanted = fingerprint(options);
    if (isFresh(name, wanted)) continue;
    const binary = await compile(options);
    replace(binaryOf(name), binary);
    replace(stampOf(name), `${wanted} ${hashOf(binary)}\n`);
  }
  return BINARIES.map(({ name }) => binaryOf(name));
}

/** For vitest (`globalSetup`). */
export async function setup() {
  await buildKernels();
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log((await buildKernels()).join('\n'));
