/** `npm run --silent fade -- <command>`: the lab's engine without a browser. See src/cli/main.ts. */
import { bundle, bundleAndImport, projectRoot } from './lib/bundle.mjs';

const { main } = await bundleAndImport('src/cli/main.ts', 'cli');
process.exitCode = await main(process.argv.slice(2), {
  projectRoot,
  runnerProgram: () => bundle('src/cli/runnerThread.ts', 'runner'),
  teamProgram: () => bundle('src/cli/teamThread.ts', 'team'),
});
