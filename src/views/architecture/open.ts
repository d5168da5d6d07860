/** Opens an architecture on this screen. */
import { chooseNetwork } from '../../state/commands.ts';
import type { LabStore } from '../../state/store.ts';
import { choose } from './choices.ts';
import type { Listed } from './useNetwork.ts';

/** Opens one from a list, with the settings of its list. */
export function openListed(store: LabStore, { id, config }: Pick<Listed, 'id' | 'config'>): void {
  choose({ compare: null, stage: null, image: null, samples: { kind: 'wrong' } });
  chooseNetwork(store, id, config);
}
