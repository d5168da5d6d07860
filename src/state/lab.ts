/** The pieces every action works on: the store, the controller, and what only a page can do. */

import type { RunConfig } from '../core/run/config.ts';
import type { BackendProbe } from '../core/run/events.ts';
import type { ConfigOverrides } from '../core/run/resolve.ts';
import type { RunUntil } from '../worker/protocol/training.ts';
import type { Networks } from './networks/types.ts';
import type { LabStore } from './store.ts';
import type { Studies } from './study/controller.ts';

/** What needs a document: injected, so that actions are tested without one. */
export interface Platform {
  /** Offers bytes as a download. */
  download(fileName: string, bytes: Uint8Array<ArrayBuffer>, mime: string): void;
  /** Lets the user choose a file; null if they do not. */
  pickFile(accept: string): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null>;
  /** Puts text on the clipboard; false if it is refused. */
  copy(text: string): Promise<boolean>;
  /** Whether the system asks for a dark page. */
  prefersDark(): boolean;
}

export interface Session {
  /** Lists the stored runs and opens the last one, paused; false if there is none. */
  restore(): Promise<boolean>;
  /** Starts a new run. */
  start(config: RunConfig, options?: { title?: string; until?: RunUntil }): Promise<void>;
  /** Goes on: the recording by time, a run in the worker (resumed from its log if need be). */
  play(until?: RunUntil): Promise<void>;
  pause(): void;
  /** Moves the cursor by one round, or by one phase. */
  back(by?: 'round' | 'phase'): void;
  forward(by?: 'round' | 'phase'): void;
  goTo(cursor: number | null): void;
  /** A new run from the generation at the cursor; paused, ready to play. */
  branch(overrides?: ConfigOverrides): Promise<void>;
  open(runId: string): Promise<void>;
  remove(runId: string): Promise<void>;
  rename(runId: string, title: string): Promise<void>;
  /** Reads a run file, stores it and opens it. `salvage` keeps what a damaged file still holds. */
  openFile(fileName: string, bytes: Uint8Array, options?: { salvage?: boolean }): Promise<void>;
  exportRun(): Promise<{ fileName: string; bytes: Uint8Array<ArrayBuffer> }>;
  /** Loads the shipped recording and plays it. */
  loadRecorded(fetchBytes: () => Promise<Uint8Array>): Promise<void>;
  setPlaybackSpeed(speed: number): void;
  probeBackend(prefer: 'auto' | 'webgpu' | 'wasm'): Promise<BackendProbe>;
  /** Waits until everything is written. */
  flush(): Promise<void>;
  dispose(): void;
}

export interface Lab {
  readonly store: LabStore;
  readonly session: Session;
  readonly studies: Studies;
  /** Networks trained alone. */
  readonly networks: Networks;
  /** Shows an architecture by its id, e.g. `5:a3.1f`, large and with all its figures. */
  readonly openArchitecture: (id: string) => void;
  readonly platform: Platform;
}
