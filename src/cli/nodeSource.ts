/** Files of the project, read from disk: what the page fetches from its server. */
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { LabError } from '../core/errors.ts';
import { FULL_MANIFEST_PATH } from '../data/catalogue.ts';
import { type DatasetSource, throwIfCancelled } from '../data/source.ts';
import type { BackendEnvironment } from '../engine/backend.ts';

/** Where the backends find their binaries. */
export const backendEnvironment = (projectRoot: string): BackendEnvironment => ({
  wasmPaths: `${join(projectRoot, 'node_modules/@tensorflow/tfjs-backend-wasm/dist')}/`,
  kernels: () => readFile(join(projectRoot, 'src/engine/executors/wasm/kernels.wasm')),
});

/** A source that reads `public/` below the project. */
export function createNodeSource(projectRoot: string): DatasetSource {
  return {
    async fetchBytes(path, onProgress, signal) {
      throwIfCancelled(signal);
      const file = join(projectRoot, 'public', path);
      try {
        const bytes = await readFile(file, signal ? { signal } : {});
        onProgress(bytes.length, bytes.length);
        return bytes;
      } catch (thrown) {
        throwIfCancelled(signal);
        const why = thrown instanceof Error ? thrown.message : String(thrown);
        throw new LabError(
          'dataset-unavailable',
          `${relative(projectRoot, file)} could not be read: ${why}. Rebuild it with \`npm run datasets\`.`,
          { file: path },
        );
      }
    },
  };
}

/** What `npm run datasets -- --full` left behind, or null. */
export async function readManifest(projectRoot: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(projectRoot, 'public', FULL_MANIFEST_PATH), 'utf8'));
  } catch {
    return null;
  }
}
