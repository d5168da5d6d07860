/** Which executor a config will get and with how many threads, and why not more: before anything starts. */
import type { RunConfig } from '../../core/run/config.ts';
import type { BackendProbe } from '../../core/run/events.ts';
import {
  type BackendName,
  chooseExecutor,
  EXECUTORS,
  type ExecutorChoice,
  type ExecutorId,
  type ExecutorNeeds,
  executorNeeds,
} from '../../core/run/executors.ts';
import type { LabState } from '../../state/store.ts';

export interface ExecutorNote {
  /** What will train; null while the machine has not been probed. */
  readonly id: ExecutorId | null;
  readonly name: string;
  /** Why it is not the fast one; empty if it is, or if there is no faster one. */
  readonly reason: string;
}

const nameOf = ({ id }: ExecutorChoice) => EXECUTORS.find((one) => one.id === id)?.name ?? id;

/** The choice on a machine that has all its backend implies, unless something is known to lack. */
function choiceOn(backend: BackendName, needs: ExecutorNeeds, lacks: BackendProbe['lacks'] = {}) {
  return chooseExecutor(needs, backend, 'auto', (id) => lacks[id] ?? true);
}

/** Before the machine was probed: only what would be true on every one. */
function unprobed(needs: ExecutorNeeds): ExecutorNote {
  const choices = [choiceOn('webgpu', needs), choiceOn('wasm', needs)];
  const [first] = choices;
  if (first && choices.every(({ id }) => id === 'stock')) {
    return { id: first.id, name: nameOf(first), reason: first.reason };
  }
  return { id: null, name: 'the fastest that this machine has', reason: '' };
}

/** For a search or a study; `null` as long as the machine has not been probed. */
export function executorNote(config: RunConfig, probe: BackendProbe | null): ExecutorNote {
  const needs = executorNeeds(config);
  if (!probe) return unprobed(needs);
  const choice = choiceOn(probe.chosen.name, needs, probe.lacks);
  const { id, reason } = choice;
  return { id, name: nameOf(choice), reason: id === 'stock' ? reason : '' };
}

/** For one network alone, where alpha rests: no order of its steps keeps it from a fast executor. */
export function aloneExecutorNote(config: RunConfig, probe: BackendProbe | null): ExecutorNote {
  const { supernet } = config;
  const alpha = { ...supernet.alpha, order: 'joint' as const };
  return executorNote({ ...config, supernet: { ...supernet, alpha } }, probe);
}

/**
 * One sentence or two; empty where threads play no part (a GPU, TensorFlow.js) or are not known yet.
 * @param jobs Trainings at once, each in a thread of its own if there are several.
 */
export function threadsNote(
  executor: ExecutorId | null,
  team: LabState['team'],
  jobs: number,
): string {
  if (executor !== 'wasm') return '';
  if (jobs > 1) return `${jobs} trainings at once, one thread each.`;
  if (!team) return '';
  if (team.threads > 1) return `${team.threads} threads share each step.`;
  return ['One thread.', team.reason].filter(Boolean).join(' ');
}
