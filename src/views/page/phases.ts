/** What the phases of a run are called, by what its method does in them. */
import { findMethod } from '../../core/method/registry.ts';
import type { MethodType } from '../../core/method/types.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { RunPhase } from '../../core/run/phase.ts';
import { methodKind } from '../../core/run/rounds.ts';

type Phases = { readonly [phase in Exclude<RunPhase, 'moved'>]: string };

const REGION_PHASES: Phases = {
  empty: 'Nothing yet',
  started: 'Getting ready',
  proposed: 'Candidates proposed',
  training: 'Training the supernet',
  trained: 'Supernet trained',
  measured: 'Candidates ranked',
  finished: 'Search finished',
  failed: 'Stopped by an error',
};

const PHASES: { readonly [kind in MethodType]: Phases } = {
  region: REGION_PHASES,
  'black-box': {
    ...REGION_PHASES,
    training: 'Training an architecture',
    trained: 'Architectures trained',
    measured: 'Accuracies measured',
  },
};

/** A phase in a word or three; what a told method has done is for the method to say. */
export function phaseName(config: RunConfig | null, phase: RunPhase): string {
  return phase === 'moved'
    ? (findMethod(config?.method.id)?.descriptor.told ?? 'Answers told')
    : PHASES[methodKind(config)][phase];
}
