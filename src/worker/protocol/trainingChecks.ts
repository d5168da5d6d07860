/** Whether a reply of the training thread is what its request promises: a check for each request. */
import { BENCHMARKS } from '../../core/bench/requests.ts';
import type { ResultChecks } from '../../core/rpc/client.ts';
import { isRecord } from '../../core/run/paths.ts';
import type { RequestResult, TrainingProtocol } from './training.ts';

const PHASES: readonly unknown[] = ['proposed', 'trained', 'ranked', 'moved', 'finished'];

const isProgress = (value: unknown): value is RequestResult<'start'> =>
  isRecord(value) && PHASES.includes(value.phase) && typeof value.generation === 'number';

export const TRAINING_CHECKS: ResultChecks<TrainingProtocol> = {
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
