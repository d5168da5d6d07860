/** Backends for tests in Node. */
import { fileURLToPath } from 'node:url';
import { chooseBackend } from './backend.ts';

const WASM_PATHS = fileURLToPath(
  new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/', import.meta.url),
);

export async function useBackend(name: 'wasm' | 'cpu'): Promise<void> {
  await chooseBackend(name, { wasmPaths: WASM_PATHS });
}
