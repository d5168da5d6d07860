/** `npm run bench -- steps [--json]`: what a supernet step costs on WASM in Node. */
import { bundleAndImport, projectRoot } from './lib/bundle.mjs';
import { webgpuBench } from './lib/webgpuBench.mjs';

const { main } = await bundleAndImport('src/cli/bench.ts', 'bench');
process.exitCode = await main(process.argv.slice(2), { projectRoot, webgpu: webgpuBench });
