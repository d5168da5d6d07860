/** What computes, and why: the backend, what trains on it, and its threads, as pairs for people. */
import type { BackendInfo } from '../../core/run/events.ts';
import { BACKEND_NAMES, EXECUTORS } from '../../core/run/executors.ts';
import type { LabState } from '../../state/store.ts';
import type { Fact } from '../../ui/Facts.tsx';
import { executorNote, threadsNote } from '../costs/executorNote.ts';
import { workersHere } from '../costs/speed.ts';

/** The header of the search or study on the screen, if this machine goes on with it. */
function openHeader({ screen, study, view, recorded }: LabState) {
  if (screen === 'correlation') return study.recorded ? null : study.view.header;
  return recorded ? null : view.header;
}

/** What an open log goes on with, or else what the settings would get here. */
function executorFact(state: LabState) {
  const { draft, backend } = state;
  const header = openHeader(state);
  const config = header
    ? 'run' in header.config
      ? header.config.run
      : header.config
    : draft.config;
  const note = config && executorNote(config, backend);
  if (!header) return note;
  const name = EXECUTORS.find(({ id }) => id === header.executor)?.name ?? header.executor;
  return { id: header.executor, name, reason: note?.id === header.executor ? note.reason : '' };
}

/** The backend of the open log, or else the one found here; null before it is known. */
export const backendInfo = (state: LabState): BackendInfo | null =>
  openHeader(state)?.backend ?? state.backend?.chosen ?? null;

/** None before the backend is known. */
export function backendFacts(state: LabState): readonly Fact[] {
  const info = backendInfo(state);
  if (!info) return [];
  const executor = executorFact(state);
  const jobs = state.screen === 'correlation' ? workersHere(state) : 1;
  const threads = threadsNote(executor?.id ?? null, state.team, jobs);
  const facts: readonly (Fact | null)[] = [
    ['Backend', [BACKEND_NAMES[info.name], info.adapter].filter(Boolean).join(' · ')],
    info.reason ? ['Why', info.reason] : null,
    executor ? ['Trains with', [executor.name, executor.reason].filter(Boolean).join('. ')] : null,
    threads ? ['Threads', threads] : null,
  ];
  return facts.filter((fact) => fact !== null);
}
