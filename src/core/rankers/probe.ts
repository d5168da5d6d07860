/** The probe by itself: held-out loss with one candidate alone in its stage. */
import { negated, supernetRanker } from './kinds.ts';

export const probe = supernetRanker(
  {
    id: 'probe',
    name: 'Probe',
    explanation:
      'Held-out loss of the supernet with one candidate alone in its stage and the other stages mixed.',
    source: 'This project',
    cost: 'S·k sweeps of the held-out images',
    needs: ['probe'],
  },
  ({ probe: losses }) => negated(losses),
);
