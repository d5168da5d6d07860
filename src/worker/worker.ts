/**
 * The training thread: answers requests, drives one run at a time, and passes its events on in
 * arrays, at most ten messages a second and at once where a phase ends.
 */
import { LabError, toErrorRecord } from '../core/errors.ts';
import type { BackendInfo, BackendProbe, RunEvent } from '../core/run/events.ts';
import { parseConfig } from '../core/run/validate.ts';
import { chooseVariant, type DatasetDescriptor, FULL_MANIFEST_PATH } from '../data/catalogue.ts';
import { createDatasetCache, type Dataset, type DatasetCache } from '../data/load.ts';
import { browserSource } from '../data/source.ts';
import { type BackendPreference, chooseBackend } from '../engine/backend.ts';
import { watchDevice } from '../engine/device.ts';
import { memory } from '../engine/memory.ts';
import { runSearch } from '../engine/search.ts';
import { checkEveryGradient } from '../engine/selfTest.ts';
import { prepareTask } from '../engine/task.ts';
import { WASM_URLS } from '../engine/wasmUrls.ts';
import { ActiveRun, type Reached } from './activeRun.ts';
import type { FromWorker, RequestBody, RequestResult, RequestType, ToWorker } from './protocol.ts';

const FLUSH_EVERY = 100;

const send = (message: FromWorker) => self.postMessage(message);
const clock = () => performance.now();

let baseUrl = './';
let datasets: DatasetCache | null = null;
let probe: BackendProbe | null = null;
let preference: BackendPreference = 'auto';
let active: ActiveRun | null = null;
let outbox: RunEvent[] = [];
let timer: ReturnType<typeof setTimeout> | null = null;
const cancels = new Map<number, AbortController>();

function flush(run: string): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  if (outbox.length === 0) return;
  send({ kind: 'events', run, events: outbox });
  outbox = [];
}

function queueEvent(run: string, event: RunEvent): void {
  outbox.push(event);
  if (event.type !== 'supernet/progress') flush(run);
  else timer ??= setTimeout(() => flush(run), FLUSH_EVERY);
}

async function ensureBackend(prefer: BackendPreference): Promise<BackendProbe> {
  if (probe && prefer === preference) return probe;
  send({ kind: 'notice', topic: 'backend', text: 'Testing the gradients', done: 0, total: 1 });
  probe = await chooseBackend(prefer, { wasmPaths: WASM_URLS });
  preference = prefer;
  watchDevice((error) => {
    probe = null;
    active?.fail(error);
  });
  send({ kind: 'notice', topic: 'backend', text: 'Ready', done: 1, total: 1 });
  return probe;
}

function loadDataset(dataset: string | DatasetDescriptor, signal: AbortSignal): Promise<Dataset> {
  datasets ??= createDatasetCache(browserSource(baseUrl));
  return datasets.load(
    dataset,
    ({ file, loadedBytes, totalBytes }) =>
      send({ kind: 'notice', topic: 'dataset', text: file, done: loadedBytes, total: totalBytes }),
    signal,
  );
}

async function fullManifest(): Promise<unknown> {
  try {
    const response = await fetch(`${baseUrl}${FULL_MANIFEST_PATH}`);
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return response.ok && isJson ? await response.json() : null;
  } catch {
    return null;
  }
}

/** A run goes on where it began: on its own backend, if this machine has it. */
function backendFor(events: readonly RunEvent[]): BackendPreference {
  const [header] = events;
  return header?.type === 'run/started' ? header.backend.name : preference;
}

function checkSameData(events: readonly RunEvent[], digest: string): void {
  const [header] = events;
  if (header?.type !== 'run/started' || header.datasetDigest === digest) return;
  throw new LabError(
    'dataset-unavailable',
    `This run was made on other images (${header.datasetDigest.slice(0, 12)}…) than those here (${digest.slice(0, 12)}…). Start a new run, or restore the data set.`,
    { expected: header.datasetDigest, found: digest },
  );
}

/** Resolves when the request is cancelled; the run is held at the same moment. */
function interruption(run: ActiveRun, signal: AbortSignal): Promise<'interrupted'> {
  return new Promise((resolve) => {
    const stop = () => {
      run.hold();
      resolve('interrupted');
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

async function drive(
  run: ActiveRun,
  until: RequestBody<'advance'>['until'],
  signal: AbortSignal,
): Promise<Reached> {
  try {
    return await run.advance(until, interruption(run, signal));
  } finally {
    flush(run.id);
  }
}

async function endActive(): Promise<void> {
  const ended = active;
  active = null;
  await ended?.stop();
}

async function start(body: RequestBody<'start'>, signal: AbortSignal): Promise<Reached> {
  await endActive();
  const config = parseConfig(body.config);
  const { chosen } = await ensureBackend(backendFor(body.events));
  const dataset = await loadDataset(await chooseVariant(config.task, fullManifest), signal);
  checkSameData(body.events, dataset.digest);
  signal.throwIfAborted();
  const { checkpoint } = body;
  const run = new ActiveRun(body.run, config.ranker.supernets, {
    event: (event) => queueEvent(body.run, event),
    checkpoint: (saved) => {
      // Never ahead of the events it continues from.
      flush(body.run);
      send({ kind: 'checkpoint', run: body.run, checkpoint: saved });
    },
    clock,
  });
  active = run;
  const stream = runSearch({
    config,
    task: prepareTask(dataset, config),
    datasetDigest: dataset.digest,
    backend: chosen satisfies BackendInfo,
    events: body.events,
    parent: body.parent,
    clock,
    gate: run.gate,
    onTraining: run.onTraining,
    checkpoint: checkpoint && { ...checkpoint, state: checkpoint.buffers },
  });
  run.begin(stream, body.events);
  return drive(run, body.until, signal);
}

type Handlers = {
  [T in RequestType]: (body: RequestBody<T>, signal: AbortSignal) => Promise<RequestResult<T>>;
};

const handlers: Handlers = {
  backend: ({ prefer }) => ensureBackend(prefer),
  start,
  advance: async ({ run, until }, signal) => {
    if (active?.id !== run) {
      throw new LabError('internal', 'This run is not in the training thread any more.', { run });
    }
    return drive(active, until, signal);
  },
  stop: async () => {
    await endActive();
    return null;
  },
  gradients: async () => {
    await ensureBackend(preference);
    return checkEveryGradient();
  },
  memory: async () => memory(),
};

async function answer<T extends RequestType>(id: number, type: T, body: RequestBody<T>) {
  const controller = new AbortController();
  cancels.set(id, controller);
  try {
    const result = await handlers[type](body, controller.signal);
    send({ kind: 'reply', id, ok: true, result });
  } catch (thrown) {
    send({ kind: 'reply', id, ok: false, error: toErrorRecord(thrown) });
  } finally {
    cancels.delete(id);
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'configure':
      baseUrl = data.baseUrl;
      break;
    case 'cancel':
      cancels.get(data.id)?.abort();
      break;
    case 'request':
      void answer(data.id, data.type, data.body);
      break;
    default:
      data satisfies never;
  }
});

send({ kind: 'ready' });
