/**
 * Messages out, checked messages in. Whether a reply is what its request promises has to be asked:
 * the worker may be another build than the page.
 */
import { BENCHMARKS } from '../../core/bench/requests.ts';
import { isRecord } from '../../core/run/paths.ts';
import type { FromWorker, RequestBody, RequestResult, RequestType, ToWorker } from './training.ts';

type Messages = {
  readonly [T in RequestType]: (id: number, body: RequestBody<T>) => ToWorker;
};

/** One maker for each request, so that type and body stay together. */
export const REQUEST_MESSAGES: Messages = {
  backend: (id, body) => ({ kind: 'request', id, type: 'backend', body }),
  start: (id, body) => ({ kind: 'request', id, type: 'start', body }),
  advance: (id, body) => ({ kind: 'request', id, type: 'advance', body }),
  stop: (id, body) => ({ kind: 'request', id, type: 'stop', body }),
  study: (id, body) => ({ kind: 'request', id, type: 'study', body }),
  train: (id, body) => ({ kind: 'request', id, type: 'train', body }),
  predict: (id, body) => ({ kind: 'request', id, type: 'predict', body }),
  exportModel: (id, body) => ({ kind: 'request', id, type: 'exportModel', body }),
  bench: (id, body) => ({ kind: 'request', id, type: 'bench', body }),
  gradients: (id, body) => ({ kind: 'request', id, type: 'gradients', body }),
  memory: (id, body) => ({ kind: 'request', id, type: 'memory', body }),
};

type Guards = {
  readonly [T in RequestType]: (value: unknown) => value is RequestResult<T>;
};

const PHASES: readonly unknown[] = ['proposed', 'trained', 'ranked', 'moved', 'finished'];

const isProgress = (value: unknown): value is RequestResult<'start'> =>
  isRecord(value) && PHASES.includes(value.phase) && typeof value.generation === 'number';

export const RESULT_GUARDS: Guards = {
  backend: (value): value is RequestResult<'backend'> =>
    isRecord(value) && isRecord(value.chosen) && Array.isArray(value.candidates),
  start: isProgress,
  advance: isProgress,
  stop: (value): value is null => value === null,
  study: (value): value is RequestResult<'study'> =>
    isRecord(value) && typeof value.finished === 'boolean',
  train: (value): value is RequestResult<'train'> =>
    isRecord(value) && Array.isArray(value.history) && 'trained' in value,
  predict: (value): value is Float32Array => value instanceof Float32Array,
  exportModel: (value): value is RequestResult<'exportModel'> =>
    isRecord(value) && value.bytes instanceof Uint8Array && typeof value.name === 'string',
  bench: (value): value is RequestResult<'bench'> =>
    isRecord(value) && BENCHMARKS.some(({ id }) => id === value.benchmark),
  gradients: (value): value is RequestResult<'gradients'> =>
    Array.isArray(value) && value.every((one) => isRecord(one) && typeof one.error === 'number'),
  memory: (value): value is RequestResult<'memory'> =>
    isRecord(value) && typeof value.tensors === 'number' && typeof value.bytes === 'number',
};

const KINDS: readonly unknown[] = [
  'ready',
  'reply',
  'events',
  'studyEvents',
  'studyProgress',
  'curve',
  'checkpoint',
  'benchLine',
  'warning',
  'team',
  'notice',
];

/** True for messages of the protocol; others (browser extensions post, too) are ignored. */
export function isFromWorker(value: unknown): value is FromWorker {
  return isRecord(value) && KINDS.includes(value.kind);
}
