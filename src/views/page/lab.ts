/** How the screens reach the lab: one context, one selector hook, one dispatcher. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { toErrorRecord } from '../../core/errors.ts';
import { type ActionId, dispatch } from '../../state/actions.ts';
import type { Lab } from '../../state/lab.ts';
import type { NetworksState } from '../../state/networks/types.ts';
import { type LabState, notify } from '../../state/store.ts';
import { type Followed, whileVisible } from './visible.ts';

export const LabContext = createContext<Lab | null>(null);

export function useLab(): Lab {
  const lab = useContext(LabContext);
  if (!lab) throw new Error('A screen was rendered outside of the lab.');
  return lab;
}

/** The lab's stores, as the screen follows them. */
export interface Sight {
  readonly lab: Followed<LabState>;
  readonly networks: Followed<NetworksState>;
}

export const SightContext = createContext<Sight | null>(null);

/** Follows the stores of a lab as long as the page is looked at. */
export const sightOf = ({ store, networks }: Lab): Sight => ({
  lab: whileVisible(store, document),
  networks: whileVisible(networks.store, document),
});

function useSight(): Sight {
  const sight = useContext(SightContext);
  if (!sight) throw new Error('A screen was rendered outside of the lab.');
  return sight;
}

export function useLabState<T>(select: (state: LabState) => T): T {
  return useStore(useSight().lab, select);
}

export function useNetworks<T>(select: (state: NetworksState) => T): T {
  return useStore(useSight().networks, select);
}

export function useDispatch(): (id: ActionId) => void {
  const lab = useLab();
  return (id) => void dispatch(lab, id);
}

/** Runs a command of the session; what it throws becomes a notice. */
export function useCommand(): (command: (lab: Lab) => unknown) => void {
  const lab = useLab();
  return (command) => {
    Promise.resolve()
      .then(() => command(lab))
      .catch((thrown: unknown) => {
        const error = toErrorRecord(thrown);
        notify(lab.store, 'error', error.message, error);
      });
  };
}
