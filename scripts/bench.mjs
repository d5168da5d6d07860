/** `npm run bench -- <benchmark> [--json]`: how fast this machine is. See docs/performance.md. */
import { bundle, bundleAndImport, projectRoot } from './lib/bundle.mjs';
import { chromiumBench } from './lib/chromiumBench.mjs';

const { main } = await bundleAndImport('src/cli/bench.ts', 'bench');
process.exitCode = await main(process.argv.slice(2), {
  projectRoot,
  chromium: chromiumBench,
  runnerProgram: () => bundle('src/cli/runnerThread.ts', 'runner'),
  teamProgram: () => bundle('src/cli/teamThread.ts', 'team'),
  out: console.log,
  err: console.error,
});
