/** The steps of `npm test`: what each runs, and how its result is counted. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './bundle.mjs';
import { ensureChromium } from './chromium.mjs';
import { layersHold } from './layers.mjs';

const reports = join(projectRoot, 'node_modules/.cache/fade-lab');
const unitReport = join(reports, 'vitest.json');
const e2eReport = join(reports, 'playwright.json');

/** Runs a program of the project with its output streamed; resolves with whether it succeeded. */
function program(command, args, env = {}) {
  const child = spawn(join(projectRoot, 'node_modules/.bin', command), args, {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return new Promise((done) => {
    child.on('error', (error) => {
      console.error(String(error));
      done(false);
    });
    child.on('exit', (code) => done(code === 0));
  });
}

/** One check, and whether it succeeded. */
const oneCheck = (succeeded) => ({
  passed: succeeded ? 1 : 0,
  failed: succeeded ? 0 : 1,
  skipped: 0,
});

/** One program is one check. */
const check =
  (command, ...args) =>
  async () =>
    oneCheck(await program(command, args));

/** Counts of a test report; a runner that failed without a failed test counts as one failure. */
function counted(succeeded, file, read) {
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.error(`No report of the tests: ${error.message}`);
    succeeded = false;
  }
  return { ...counts, failed: Math.max(counts.failed, succeeded ? 0 : 1) };
}

async function unit() {
  mkdirSync(reports, { recursive: true });
  rmSync(unitReport, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`];
  const succeeded = await program('vitest', ['run', ...reporters]);
  return counted(succeeded, unitReport, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

async function e2e() {
  let browser;
  try {
    browser = ensureChromium();
  } catch (error) {
    console.error(error.message);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  console.log(`browser: ${browser}`);
  mkdirSync(reports, { recursive: true });
  rmSync(e2eReport, { force: true });
  const succeeded = await program('playwright', ['test'], { CHROMIUM_PATH: browser });
  return counted(succeeded, e2eReport, ({ stats }) => ({
    // A test that passed on its second try counts; Playwright's own list names it.
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
}

export const STEPS = [
  { id: 'lint', title: 'lint and format (Biome)', run: check('biome', 'check', '.') },
  {
    id: 'layers',
    title: 'layers (dependency-cruiser)',
    run: async () => oneCheck(await layersHold()),
  },
  { id: 'types', title: 'types (tsc)', run: check('tsc', '--noEmit') },
  { id: 'unit', title: 'unit tests (vitest)', run: unit },
  { id: 'build', title: 'build (Vite)', run: check('vite', 'build', '--logLevel', 'warn') },
  { id: 'size', title: 'size budget (size-limit)', run: check('size-limit') },
  { id: 'e2e', title: 'browser tests (Playwright)', run: e2e },
];
