/**
 * The page's end of the worker: a small state machine. There is no worker until the first request;
 * if it dies, every pending call is rejected with `worker-died` and the next request starts another.
 * Each worker has a number, so that whatever a dead one still says is ignored.
 */
import { type ErrorRecord, fromErrorRecord, LabError } from '../../core/errors.ts';
import type { RunEvent } from '../../core/run/events.ts';
import type { CurvePoint, JobProgress, StudyEvent } from '../../core/study/events.ts';
import type {
  Checkpoint,
  FromWorker,
  RequestBody,
  RequestResult,
  RequestType,
  Team,
  ToWorker,
} from '../protocol/training.ts';
import { isFromWorker, REQUEST_MESSAGES, RESULT_GUARDS } from '../protocol/trainingChecks.ts';

/** What the client needs of a `Worker`. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(
    type: 'error' | 'messageerror',
    listener: (event: { readonly message?: string }) => void,
  ): void;
}

export type WorkerNotice = Extract<FromWorker, { kind: 'notice' }>;

/** Who hears what the worker says of its own accord. */
export interface ClientHandlers {
  readonly onEvents?: (run: string, events: readonly RunEvent[]) => void;
  readonly onCheckpoint?: (run: string, checkpoint: Checkpoint) => void;
  readonly onStudyEvents?: (study: string, events: readonly StudyEvent[]) => void;
  readonly onStudyProgress?: (study: string, jobs: readonly JobProgress[]) => void;
  /** The curve of a training alone so far. */
  readonly onCurve?: (key: string, points: readonly CurvePoint[]) => void;
  readonly onNotice?: (notice: WorkerNotice) => void;
  /** What a benchmark has just found. */
  readonly onBenchLine?: (text: string) => void;
  /** The user should know what `text` says. */
  readonly onWarning?: (text: string) => void;
  readonly onTeam?: (team: Team) => void;
  /** Called once a death, after the pending calls are rejected. */
  readonly onDied?: (error: ErrorRecord) => void;
}

export interface ClientOptions extends ClientHandlers {
  readonly baseUrl: string;
}

export interface WorkerClient {
  request<T extends RequestType>(
    type: T,
    body: RequestBody<T>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<RequestResult<T>>;
  /** True while there is a worker. */
  readonly alive: () => boolean;
  /** Ends the worker; pending calls are rejected. The next request starts another. */
  terminate(): void;
}

/** How long a cancelled call waits for the worker's own answer. */
export const CANCEL_GRACE_MS = 300;

interface Pending {
  settle(reply: Extract<FromWorker, { kind: 'reply' }>): void;
  fail(error: LabError): void;
}

interface Link {
  readonly worker: WorkerLike;
  readonly pending: Map<number, Pending>;
}

const died = (why: string) =>
  new LabError(
    'worker-died',
    `The training thread stopped: ${why}. What was logged is kept; play goes on from there.`,
    { why },
  );

const cancelled = () => new LabError('cancelled', 'The work was cancelled.');

const malformed = (type: RequestType) =>
  new LabError(
    'internal',
    `The training thread answered “${type}” in a form this page cannot read.`,
    {
      type,
    },
  );

/** Makes a client; no worker is started yet. */
export function createWorkerClient(
  factory: () => WorkerLike,
  options: ClientOptions,
): WorkerClient {
  let link: Link | null = null;
  let nextId = 1;

  const bury = (dead: Link, error: LabError, announce: boolean) => {
    if (link !== dead) return;
    link = null;
    dead.worker.terminate();
    for (const call of dead.pending.values()) call.fail(error);
    dead.pending.clear();
    if (announce)
      options.onDied?.({ code: error.code, message: error.message, details: error.details });
  };

  const receive = (from: Link, message: FromWorker) => {
    switch (message.kind) {
      case 'ready':
        break;
      case 'reply':
        from.pending.get(message.id)?.settle(message);
        break;
      case 'events':
        options.onEvents?.(message.run, message.events);
        break;
      case 'checkpoint':
        options.onCheckpoint?.(message.run, message.checkpoint);
        break;
      case 'studyEvents':
        options.onStudyEvents?.(message.study, message.events);
        break;
      case 'studyProgress':
        options.onStudyProgress?.(message.study, message.jobs);
        break;
      case 'curve':
        options.onCurve?.(message.key, message.points);
        break;
      case 'benchLine':
        options.onBenchLine?.(message.text);
        break;
      case 'warning':
        options.onWarning?.(message.text);
        break;
      case 'team':
        options.onTeam?.(message.team);
        break;
      case 'notice':
        options.onNotice?.(message);
        break;
      default:
        message satisfies never;
    }
  };

  const connect = (): Link => {
    const worker = factory();
    const made: Link = { worker, pending: new Map() };
    worker.addEventListener('message', ({ data }) => {
      if (link === made && isFromWorker(data)) receive(made, data);
    });
    worker.addEventListener('error', ({ message }) => {
      bury(made, died(message || 'it could not be loaded'), true);
    });
    worker.addEventListener('messageerror', () => {
      bury(made, died('a message could not be read'), true);
    });
    worker.postMessage({ kind: 'configure', baseUrl: options.baseUrl });
    return made;
  };

  return {
    alive: () => link !== null,
    terminate() {
      if (link) bury(link, died('it was ended'), false);
    },
    request(type, body, { signal } = {}) {
      if (signal?.aborted) return Promise.reject(cancelled());
      link ??= connect();
      return call(link, nextId++, type, body, signal ?? null);
    },
  };
}

/** One call: posts the request and settles once, whatever comes first. */
function call<T extends RequestType>(
  link: Link,
  id: number,
  type: T,
  body: RequestBody<T>,
  signal: AbortSignal | null,
): Promise<RequestResult<T>> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const guard: (value: unknown) => value is RequestResult<T> = RESULT_GUARDS[type];
    const abort = () => {
      link.worker.postMessage({ kind: 'cancel', id });
      timer = setTimeout(() => fail(cancelled()), CANCEL_GRACE_MS);
    };
    const close = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      link.pending.delete(id);
    };
    const fail = (error: LabError) => {
      close();
      reject(error);
    };
    link.pending.set(id, {
      fail,
      settle(reply) {
        if (!reply.ok) return fail(fromErrorRecord(reply.error));
        const result: unknown = reply.result;
        if (!guard(result)) return fail(malformed(type));
        close();
        resolve(result);
      },
    });
    signal?.addEventListener('abort', abort, { once: true });
    try {
      link.worker.postMessage(REQUEST_MESSAGES[type](id, body));
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      fail(new LabError('internal', `“${type}” could not be sent to the training thread: ${why}`));
    }
  });
}
