/**
 * The layer rules of .dependency-cruiser.cjs, and that they were asked of every file: a checker that
 * cannot read TypeScript, or looks in the wrong place, finds nothing to complain of either.
 */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from './bundle.mjs';

const ARGUMENTS = ['src', 'e2e', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
const options = { cwd: projectRoot, maxBuffer: 2 ** 28 };

/** Files of src that a report says nothing of. */
export function unseenFiles(files, { modules }) {
  const seen = new Set(modules.map(({ source }) => source));
  return files.filter((file) => !seen.has(file));
}

const sourceFiles = () =>
  readdirSync(join(projectRoot, 'src'), { recursive: true })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => `src/${path.replaceAll('\\', '/')}`);

/** Says what is wrong; resolves with whether all layers hold. */
export async function layersHold() {
  const program = join(projectRoot, 'node_modules/.bin/depcruise');
  const { stdout } = await promisify(execFile)(program, ARGUMENTS, options);
  const report = JSON.parse(stdout);
  const { violations, totalCruised } = report.summary;
  const unseen = unseenFiles(sourceFiles(), report);
  for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} → ${to}`);
  for (const file of unseen) console.error(`not looked at: ${file}`);
  console.log(`layers: ${totalCruised} modules, ${violations.length} violations`);
  return violations.length === 0 && unseen.length === 0;
}
