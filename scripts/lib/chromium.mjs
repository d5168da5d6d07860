/**
 * Finds a Chromium to test with, and installs one where there is none. Order: CHROMIUM_PATH, the
 * system's own, the one Playwright keeps. A candidate counts only if it answers `--version`: on
 * Ubuntu /usr/bin/chromium-browser can be a stub that merely asks for a snap.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

const playwrightCli = fileURLToPath(import.meta.resolve('playwright/package.json')).replace(
  'package.json',
  'cli.js',
);

const LINUX = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
];

const MAC_APPS = [
  'Chromium.app/Contents/MacOS/Chromium',
  'Google Chrome.app/Contents/MacOS/Google Chrome',
];

function candidates() {
  const own = [];
  try {
    own.push(chromium.executablePath());
  } catch {
    // Playwright knows no build for this platform.
  }
  if (platform() === 'darwin') {
    const folders = ['/Applications', join(homedir(), 'Applications')];
    return [...folders.flatMap((folder) => MAC_APPS.map((app) => join(folder, app))), ...own];
  }
  return platform() === 'linux' ? [...LINUX, ...own] : own;
}

const answers = (path) =>
  existsSync(path) &&
  spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 60_000 }).status === 0;

/** Path of a working Chromium, or null. A wrong CHROMIUM_PATH is an error, not a fallback. */
export function findChromium() {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) {
    if (answers(wanted)) return wanted;
    throw new Error(`CHROMIUM_PATH is ${wanted}, which is not a browser that starts.`);
  }
  return candidates().find(answers) ?? null;
}

/** Id of the Linux distribution and those it derives from, e.g. ['ubuntu', 'debian']. */
function distributions() {
  try {
    const text = readFileSync('/etc/os-release', 'utf8');
    return [...text.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap((match) =>
      (match[1] ?? '').split(' '),
    );
  } catch {
    return [];
  }
}

function run(command, args) {
  console.log(`  $ ${[command, ...args].join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0;
}

/** The prefix that makes a command run as root: [], ['sudo', '-n', …], or null if there is none. */
function asRoot() {
  if (process.getuid?.() === 0) return [];
  const silent = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  return silent ? ['sudo', '-n'] : null;
}

function aptInstall(root) {
  const apt = (...args) => {
    const [command, ...rest] = [...root, 'apt-get', ...args];
    return run(command, rest);
  };
  return apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium');
}

const playwrightInstall = (...options) =>
  run(process.execPath, [playwrightCli, 'install', ...options, 'chromium']);

/** Ways to install, the likeliest first. Ubuntu's own package is a snap, which containers lack. */
function installers() {
  const names = distributions();
  const root = platform() === 'linux' ? asRoot() : null;
  const ways = [];
  if (root !== null && names.includes('debian') && !names.includes('ubuntu')) {
    ways.push(() => aptInstall(root));
  }
  if (root !== null && names.includes('ubuntu')) ways.push(() => playwrightInstall('--with-deps'));
  ways.push(() => playwrightInstall());
  return ways;
}

/** Path of a working Chromium; installs one if need be. Throws with advice if that fails. */
export function ensureChromium() {
  const found = findChromium();
  if (found !== null) return found;
  console.log('No Chromium found; installing one.');
  for (const install of installers()) {
    install();
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  throw new Error(
    'No Chromium could be found or installed. Install Chromium or Google Chrome by hand ' +
      '(Debian: apt-get install chromium; macOS: brew install --cask chromium), or set ' +
      'CHROMIUM_PATH to the program, and run the tests again.',
  );
}
