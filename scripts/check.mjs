/**
 * `npm test`: every check in order, up to the first step that fails. The last line is
 * `N passed, N failed`. `--only unit,e2e` runs only those steps.
 */
import { buildKernels } from './kernels.mjs';
import { STEPS } from './lib/steps.mjs';

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

function chosenSteps(args) {
  if (args.length === 0) return STEPS;
  const list = args[0] === '--only' ? args[1] : args[0]?.match(/^--only=(.*)$/)?.[1];
  const wanted = list?.split(',') ?? [];
  const known = STEPS.map((step) => step.id);
  const wrong = wanted.find((id) => !known.includes(id));
  if (wanted.length === 0 || wrong !== undefined) {
    console.error(`Usage: npm test -- --only ${known.join(',')}   (any of these)`);
    if (wrong) console.error(`There is no step "${wrong}".`);
    process.exit(2);
  }
  return STEPS.filter((step) => wanted.includes(step.id));
}

// Imported as a file, so that even the layers cannot be checked without them.
await buildKernels();

const total = { passed: 0, failed: 0, skipped: 0 };
const steps = chosenSteps(process.argv.slice(2));
let broken = null;
for (const step of steps) {
  console.log(`\n=== ${step.title}`);
  const since = performance.now();
  const counts = await step.run();
  for (const key of Object.keys(total)) total[key] += counts[key];
  console.log(`--- ${step.id}: ${counts.failed === 0 ? 'ok' : 'FAILED'} (${seconds(since)})`);
  if (counts.failed > 0) {
    broken = step;
    break;
  }
}
if (broken !== null) {
  const left = steps.slice(steps.indexOf(broken) + 1).map((step) => step.id);
  console.log(`\nFailed: ${broken.title}. Alone: npm test -- --only ${broken.id}`);
  if (left.length > 0) console.log(`Not run: ${left.join(', ')}.`);
}
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
