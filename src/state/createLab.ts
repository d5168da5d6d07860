/** Puts the pieces together for a browser. */
import { createWorkerClient, type WorkerLike } from '../worker/client.ts';
import { spawnWorker } from '../worker/spawn.ts';
import type { Lab, Platform } from './lab.ts';
import type { RunStorage } from './persistence.ts';
import { openStorage } from './persistenceOpen.ts';
import { createSession } from './session.ts';
import { createLabStore, type LabState, notify } from './store.ts';

export interface LabOptions {
  readonly platform: Platform;
  /** Where datasets and WASM binaries are served from. */
  readonly baseUrl: string;
  readonly initial?: Partial<LabState>;
  /** For tests. */
  readonly spawn?: () => WorkerLike;
  readonly openStorage?: () => Promise<RunStorage>;
}

/** A lab; no worker is started and no storage opened yet. */
export function createLab(options: LabOptions): Lab {
  const store = createLabStore(options.initial);
  const session = createSession({
    store,
    openStorage: () => openStorage((text) => notify(store, 'warning', text), options.openStorage),
    createClient: (handlers) =>
      createWorkerClient(options.spawn ?? spawnWorker, { ...handlers, baseUrl: options.baseUrl }),
    now: () => new Date().toISOString(),
    newId: () => crypto.randomUUID(),
  });
  return { store, session, platform: options.platform };
}
