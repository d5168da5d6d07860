/**
 * The controller between the store, the worker and the storage. The worker is started by the first
 * request only: looking at runs, and at the recording, never waits for it.
 */
import { LabError, toErrorRecord } from '../core/errors.ts';
import { packLog, unpackLog } from '../core/log/file.ts';
import { isNewer } from '../core/log/reader.ts';
import { methodById } from '../core/method/registry.ts';
import type { RunConfig } from '../core/run/config.ts';
import { datasetName } from '../core/run/datasets.ts';
import type { RunLog } from '../core/run/events.ts';
import { branchAt } from '../core/run/history.ts';
import { RUN_LOG } from '../core/run/log.ts';
import { type Stop, stopsOf } from '../core/run/phase.ts';

import type { WorkerClient } from '../worker/client/training.ts';
import type { ConnectClient } from './clientHub.ts';
import { roundAtCursor } from './cursor.ts';
import type { Session } from './lab.ts';
import { createRecorder } from './log/recorder.ts';
import { createPlayer } from './playback.ts';
import { createRunDriver, restingStatus } from './runDriver.ts';
import type { RunLogs } from './storage/runs.ts';
import { type LabStore, moveCursor, notify, showRun } from './store.ts';

export interface SessionOptions {
  readonly store: LabStore;
  readonly openLogs: () => Promise<RunLogs>;
  readonly createClient: ConnectClient;
  /** The present as an ISO date. */
  readonly now: () => string;
  readonly newId: () => string;
  /** How long events are gathered before they are stored. */
  readonly delayMs?: number;
}

const titleOf = (config: RunConfig) =>
  `${datasetName(config.task.dataset)}, ${methodById(config.method.id).descriptor.name}, seed ${config.search.seed}`;

const fileNameOf = (run: RunLog) => {
  const slug = run.title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${slug || 'run'}-${run.id.slice(0, 8)}.jsonl.gz`;
};

/** Where `back` and `forward` go. */
function neighbour(
  events: RunLog['events'],
  cursor: number,
  direction: -1 | 1,
  by: 'round' | 'phase',
): number | null {
  const fits = (stop: Stop) => by === 'phase' || stop.phase === 'moved' || stop.phase === 'started';
  const cursors = stopsOf(events)
    .filter(fits)
    .map((stop) => stop.cursor);
  if (direction < 0) return cursors.findLast((at) => at < cursor) ?? 1;
  return cursors.find((at) => at > cursor) ?? null;
}

/** A session over a store. */
export function createSession(options: SessionOptions): Session {
  const { store, now, newId } = options;
  const { delayMs = 400, openLogs } = options;
  const recorder = createRecorder({
    store,
    kind: RUN_LOG,
    openLogs,
    show: (change) => store.setState(({ runs }) => ({ runs: change(runs) })),
    now,
    delayMs,
  });
  const player = createPlayer(store);
  const client: WorkerClient = options.createClient(
    'run',
    {
      events: ({ run, events }) => driver.onEvents(run, events),
      checkpoint: ({ run, checkpoint }) => driver.onCheckpoint(run, checkpoint),
      team: (team) => store.setState({ team }),
      warning: (text) => notify(store, 'warning', text),
      // What is complete is no longer shown: whoever asked for it may not come back to say so.
      notice: ({ topic, text, done, total }) =>
        store.setState({ load: done < total ? { topic, text, done, total } : null }),
    },
    () => driver.onDied(),
  );
  const driver = createRunDriver(store, recorder, () => client);

  /** Settings of a run whose header has not arrived yet. */
  let starting: { readonly run: string; readonly config: RunConfig } | null = null;

  const openRun = (): RunLog => {
    const { run } = store.getState();
    if (!run) throw new LabError('usage', 'No run is open: start one, or open a file.');
    return run;
  };

  const leave = async () => {
    player.stop();
    await driver.leave();
  };

  /** Stores a log that is new here and opens it. */
  const adopt = async (log: RunLog, status: 'paused' | 'starting' | null) => {
    showRun(store, log, { recorded: false });
    store.setState(({ live }) => ({ status: status ?? restingStatus(live), failure: live.error }));
    await recorder.create(log);
  };

  const open = async (id: string) => {
    const log = await recorder.read((runs) => runs.load(id));
    if (!log)
      throw new LabError('storage-failed', 'This run is no longer stored here.', { run: id });
    showRun(store, log, { recorded: false });
    store.setState(({ live }) => ({ status: restingStatus(live) }));
  };

  const move = (direction: -1 | 1, by: 'round' | 'phase') => {
    const { run, cursor } = store.getState();
    if (!run) return;
    const at = cursor ?? run.events.length;
    moveCursor(store, neighbour(run.events, at, direction, by));
  };

  return {
    async restore() {
      try {
        const runs = await recorder.list();
        const last = runs.find(({ version }) => !isNewer(RUN_LOG, version));
        if (!last || store.getState().run) return false;
        await open(last.id);
        return true;
      } catch (thrown) {
        const error = toErrorRecord(thrown);
        notify(store, 'error', error.message, error);
        return false;
      }
    },
    async start(config, { title = titleOf(config), until = 'end' } = {}) {
      await leave();
      const run: RunLog = { id: newId(), title, createdAt: now(), events: [] };
      starting = { run: run.id, config };
      await adopt(run, 'starting');
      await driver.go(until, config);
    },
    async play(until = 'end') {
      const { recorded, cursor, live } = store.getState();
      if (recorded) return player.play();
      const run = openRun();
      const config = live.config ?? (starting?.run === run.id ? starting.config : null);
      if (!config) throw new LabError('usage', 'This run has no settings yet: start it anew.');
      if (cursor !== null) {
        throw new LabError('usage', 'The cursor is in the past: branch to go on from here.');
      }
      if (live.finished) return;
      await driver.go(until, config);
    },
    pause() {
      player.stop();
      driver.pause();
    },
    back: (by = 'round') => move(-1, by),
    forward: (by = 'round') => move(1, by),
    goTo: (cursor) => moveCursor(store, cursor),
    async branch(overrides = {}) {
      const run = openRun();
      const log = branchAt(run, roundAtCursor(store.getState()), overrides, newId(), now());
      await leave();
      await adopt(log, 'paused');
    },
    async open(id) {
      await leave();
      await open(id);
    },
    async remove(id) {
      if (store.getState().run?.id === id) {
        await leave();
        showRun(store, { ...openRun(), events: [] });
        store.setState({ run: null, status: 'idle' });
      }
      await recorder.remove(id);
    },
    async rename(id, title) {
      store.setState(({ run }) => (run?.id === id ? { run: { ...run, title } } : {}));
      await recorder.rename(id, title);
    },
    async openFile(fileName, bytes, { salvage = false } = {}) {
      const log = await unpackLog(RUN_LOG, bytes, fileName, { salvage });
      await leave();
      const known = store.getState().runs.some((run) => run.id === log.id);
      await adopt(known ? { ...log, id: newId() } : log, null);
    },
    async exportRun() {
      const run = openRun();
      return { fileName: fileNameOf(run), bytes: await packLog(RUN_LOG, run) };
    },
    async loadRecorded(fetchBytes) {
      const log = await unpackLog(RUN_LOG, await fetchBytes(), 'the recorded run');
      if (store.getState().run) return;
      showRun(store, log, { recorded: true, status: 'idle' });
      player.play();
    },
    setPlaybackSpeed: (speed) =>
      store.setState(({ playback }) => ({ playback: { ...playback, speed } })),
    async probeBackend(prefer) {
      const backend = await client.request('backend', { prefer });
      store.setState({ backend, load: null });
      return backend;
    },
    flush: () => recorder.flush(),
    dispose() {
      player.stop();
      client.terminate();
    },
  };
}
