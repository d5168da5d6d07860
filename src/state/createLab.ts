/** Puts the pieces together for a browser. */

import { spawnWorker } from '../worker/client/spawn.ts';
import { createStatistics, type Statistics } from '../worker/client/statistics.ts';
import type { TrainingWorker } from '../worker/client/training.ts';
import { createClientHub } from './clientHub.ts';
import { keepExclusive, makeRoom } from './exclusive.ts';
import type { Lab, Platform } from './lab.ts';
import { createNetworks } from './networks/controller.ts';
import { openArchitecture } from './openArchitecture.ts';
import { createSession } from './session.ts';
import { type LabStorage, openStorage } from './storage/open.ts';
import { createLabStore, type LabState, notify } from './store.ts';
import { createStudies } from './study/controller.ts';

export interface LabOptions {
  readonly platform: Platform;
  /** Where datasets and WASM binaries are served from. */
  readonly baseUrl: string;
  readonly initial?: Partial<LabState>;
  /** For tests. */
  readonly spawn?: () => TrainingWorker;
  readonly openStorage?: () => Promise<LabStorage>;
  readonly createStatistics?: () => Statistics;
  /** The present as an ISO date. */
  readonly now?: () => string;
  /** How long the events of a run are gathered before they are stored. */
  readonly delayMs?: number;
}

/** Opens the storage with the first use, and once for all. */
function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | null = null;
  return () => {
    opened ??= open();
    return opened;
  };
}

/** A lab; no worker is started and no storage opened yet. */
export function createLab(options: LabOptions): Lab {
  const store = createLabStore(options.initial);
  const connect = createClientHub(options.spawn ?? spawnWorker, options.baseUrl);
  const open = once(async () => {
    const storage = await openStorage(
      (text) => notify(store, 'warning', text),
      options.openStorage,
    );
    store.setState({ storage: storage.kind });
    return storage;
  });
  const parts = {
    store,
    now: options.now ?? (() => new Date().toISOString()),
    newId: () => crypto.randomUUID(),
  };
  const delay = options.delayMs === undefined ? {} : { delayMs: options.delayMs };
  const session = createSession({
    ...parts,
    ...delay,
    openLogs: async () => (await open()).runs,
    createClient: connect,
  });
  const statistics = options.createStatistics ?? createStatistics;
  const studies = createStudies({
    ...parts,
    openLogs: async () => (await open()).studies,
    connect,
    createStatistics: statistics,
  });
  keepExclusive({ store, session, studies });
  const networks = createNetworks({
    ...parts,
    ...delay,
    openStorage: open,
    connect,
    makeRoom: () => makeRoom({ store, session, studies }),
  });
  return {
    store,
    session,
    studies,
    networks,
    openArchitecture: (id) => openArchitecture(store, id),
    platform: options.platform,
  };
}
