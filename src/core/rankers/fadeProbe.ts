/** FaDE + probe: both, each brought to the same spread. */
import { combineProbe, logWeights } from '../ranks.ts';
import { readoutRanker } from './kinds.ts';

export const fadeProbe = readoutRanker(
  {
    id: 'fade-probe',
    name: 'FaDE + probe',
    explanation: 'Architecture weights plus the probe, each divided by its spread.',
    source: 'This project',
    cost: 'S·k sweeps of the held-out images',
  },
  ({ probe }, { averaged }) =>
    combineProbe(
      logWeights(averaged),
      probe.map((stage) => stage.map((loss) => -loss)),
    ),
);
