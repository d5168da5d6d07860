/** Every ranker. To add one is to add a file and a line here; proxies come from their own registry. */
import { LabError } from '../errors.ts';
import { PROXIES } from '../proxies/registry.ts';
import { depth } from './depth.ts';
import { edges } from './edges.ts';
import { fade } from './fade.ts';
import { fadeLast } from './fadeLast.ts';
import { fadeMean } from './fadeMean.ts';
import { fadeMeanLast } from './fadeMeanLast.ts';
import { fadeProbe } from './fadeProbe.ts';
import { flops } from './flops.ts';
import { proxyRanker } from './kinds.ts';
import { leaveOneOut } from './leaveOneOut.ts';
import { oneShot } from './oneShot.ts';
import { oneShotLoss } from './oneShotLoss.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { random } from './random.ts';
import { sampledPaths } from './sampledPaths.ts';
import { sinks } from './sinks.ts';
import type { AdditiveRanker, Ranker, RankerSettings } from './types.ts';

export const RANKERS: readonly Ranker[] = [
  fade,
  fadeMean,
  fadeLast,
  fadeMeanLast,
  probe,
  fadeProbe,
  leaveOneOut,
  sampledPaths,
  oneShotLoss,
  oneShot,
  parameters,
  flops,
  edges,
  depth,
  sinks,
  ...PROXIES.map(({ descriptor }) => proxyRanker(descriptor)),
  random,
];

const ADDITIVE: readonly AdditiveRanker[] = RANKERS.filter((ranker) => ranker.form !== 'choices');

/** What `ranker.id` can be: the additive rankers, but for those that the other options stand for. */
export const SEARCH_RANKERS: readonly AdditiveRanker[] = ADDITIVE.filter(
  ({ descriptor }) => !descriptor.settings,
);

/**
 * The ranker that a search is set to use. Its options belong to the weights: where no ranker stands
 * for them, the one of the id gets a reading with the chosen weights.
 * @throws LabError `config-invalid` for an unknown id.
 */
export function searchRanker({ id, readout, weights }: RankerSettings): AdditiveRanker {
  const found =
    ADDITIVE.find(
      ({ descriptor: { settings } }) =>
        settings?.id === id && settings.readout === readout && settings.weights === weights,
    ) ?? SEARCH_RANKERS.find(({ descriptor }) => descriptor.id === id);
  if (found) return found;
  const known = SEARCH_RANKERS.map(({ descriptor }) => descriptor.id).join(', ');
  throw new LabError('config-invalid', `ranker.id: "${id}" is no ranker. Use one of ${known}.`, {
    field: 'ranker.id',
    value: id,
    bound: known,
  });
}
