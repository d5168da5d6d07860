/** FaDE + probe: both, each brought to the same spread. */
import { combineProbe, logWeights } from '../ranks.ts';
import { negated, supernetRanker } from './kinds.ts';

export const fadeProbe = supernetRanker(
  {
    id: 'fade-probe',
    name: 'FaDE + probe',
    explanation: 'Architecture weights plus the probe, each divided by its spread.',
    source: 'This project',
    cost: 'S·k sweeps of the held-out images',
    needs: ['weights', 'probe'],
  },
  ({ weights, probe }) => combineProbe(logWeights(weights), negated(probe)),
);
