/** How fast this machine trains, for estimates: as measured here, or else a guess. */
import { useMemo } from 'react';
import type { BackendInfo } from '../../core/run/events.ts';
import { currentRound } from '../../core/run/reducer.ts';
import { measuredSpeeds, type Speed } from '../../core/study/time.ts';
import type { LabState } from '../../state/store.ts';
import { useLab, useLabState } from '../page/lab.ts';
import { jobCost } from './estimate.ts';

export interface KnownSpeed {
  readonly speed: Speed;
  /** False for a guess. */
  readonly measured: boolean;
}

/**
 * Milliseconds a FLOP of one worker, wide: between a slow laptop and a fast desktop. WASM by its own
 * kernels: 2e-8 in Chrome on a server core, 6e-8 in Node 20 (docs/performance.md, net Q).
 */
const GUESSES: { readonly [name in BackendInfo['name']]: Speed } = {
  wasm: { low: 2e-8, high: 2e-7 },
  webgpu: { low: 2e-8, high: 4e-7 },
  cpu: { low: 2e-6, high: 2e-5 },
};

function speedOfRun({ live, recorded }: LabState): Speed | null {
  const round = currentRound(live);
  const job = round?.jobs[round.current]?.job;
  if (recorded || live.meanStepMs === null || !live.config || !job) return null;
  const cost = jobCost(job, live.config);
  if (!cost) return null;
  const each = live.meanStepMs / cost.flopsPerStep;
  return { low: 0.6 * each, high: 2 * each };
}

/** The speed to plan with: of the open study, of the last run, or a guess for the backend. */
export function knownSpeed(state: LabState): KnownSpeed {
  const { study, backend } = state;
  const own = study.recorded ? null : measuredSpeeds(study.view);
  const speed = own?.alone ?? own?.supernet ?? speedOfRun(state);
  if (speed) return { speed, measured: true };
  return { speed: GUESSES[backend?.chosen.name ?? 'wasm'], measured: false };
}

/** Jobs that train at once here: a thread for each spare core on WASM, one device on WebGPU. */
export function workersHere({ study, backend }: LabState): number {
  const name = (study.view.backend ?? backend?.chosen)?.name ?? 'wasm';
  return name === 'webgpu' ? 1 : Math.min(8, Math.max(1, navigator.hardwareConcurrency - 1));
}

/** As `knownSpeed`, followed. */
export function useKnownSpeed(): KnownSpeed {
  const { store } = useLab();
  const backend = useLabState((state) => state.backend);
  const meanStepMs = useLabState((state) => state.live.meanStepMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the speed is a function of these two.
  return useMemo(() => knownSpeed(store.getState()), [store, backend, meanStepMs]);
}
