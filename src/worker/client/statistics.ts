/** The page's end of the statistician. The thread starts with the first question. */
import { fromErrorRecord, LabError } from '../../core/errors.ts';
import { isRecord } from '../../core/run/paths.ts';
import type { Answer, FromAnalyst, Question, ToAnalyst } from '../protocol/statistics.ts';

/** What the client needs of a `Worker`. */
export interface AnalystThread {
  postMessage(message: ToAnalyst): void;
  terminate(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly message?: string }) => void): void;
}

export interface Analyst {
  /** Hands every answer to `onAnswer`; resolves after the last, rejects with a `LabError`. */
  ask(question: Question, onAnswer: (answer: Answer) => void): Promise<void>;
  dispose(): void;
}

interface Pending {
  readonly onAnswer: (answer: Answer) => void;
  readonly resolve: () => void;
  readonly reject: (error: LabError) => void;
}

const MESSAGES: readonly unknown[] = ['answer', 'done', 'failed'];

/** True for messages of the thread; whatever else arrives is ignored. */
const isFromAnalyst = (value: unknown): value is FromAnalyst =>
  isRecord(value) && typeof value.id === 'number' && MESSAGES.includes(value.kind);

/** Starts the real thread. */
export function spawnAnalyst(): AnalystThread {
  return new Worker(new URL('../statistics/thread.ts', import.meta.url), {
    type: 'module',
    name: 'analyst',
  });
}

/** An analyst over threads made by `spawn`; another is made if one dies. */
export function createAnalyst(spawn: () => AnalystThread = spawnAnalyst): Analyst {
  let thread: AnalystThread | null = null;
  let nextId = 1;
  const pending = new Map<number, Pending>();

  const end = (why: string) => {
    thread?.terminate();
    thread = null;
    const error = new LabError('internal', `The statistics could not be computed: ${why}.`);
    for (const one of pending.values()) one.reject(error);
    pending.clear();
  };

  const hear = (message: FromAnalyst) => {
    const waiting = pending.get(message.id);
    if (!waiting) return;
    if (message.kind === 'answer') return waiting.onAnswer(message.answer);
    pending.delete(message.id);
    if (message.kind === 'done') waiting.resolve();
    else waiting.reject(fromErrorRecord(message.error));
  };

  const connect = (): AnalystThread => {
    const made = spawn();
    made.addEventListener('message', ({ data }) => {
      if (thread === made && isFromAnalyst(data)) hear(data);
    });
    made.addEventListener('error', ({ message }) => {
      if (thread === made) end(message || 'their thread could not be loaded');
    });
    return made;
  };

  return {
    ask(question, onAnswer) {
      thread ??= connect();
      const to = thread;
      const id = nextId++;
      return new Promise((resolve, reject) => {
        pending.set(id, { onAnswer, resolve, reject });
        to.postMessage({ id, question });
      });
    },
    dispose: () => end('the page was closed'),
  };
}
