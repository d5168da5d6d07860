/** What it costs to read a supernet out for a ranker, from what the ranker says it needs. */
import { PARTS, type PartId, planReadout, type ReadoutRequest } from '../rankers/readout.ts';
import type { RankerDescriptor } from '../rankers/types.ts';
import { type ForwardCost, mixturesCost, type Networks } from './forward.ts';

/** Parts of a readout that a ranker needs measured; the weights are there for nothing. */
export const neededParts = ({ needs }: RankerDescriptor): readonly PartId[] =>
  PARTS.filter((part) => needs.includes(part));

/**
 * Of a readout: the mixtures of its parts, each once, and the mixed supernet, which every readout
 * measures. Exact for the same weights and a generator in the same state, which it draws from.
 * @param images Held-out images that are evaluated.
 */
export function readoutCost(
  networks: Networks,
  request: ReadoutRequest,
  images: number,
): ForwardCost {
  return mixturesCost(networks, planReadout(request).mixtures, images);
}

/** Of the readout that a search makes for its ranker. */
export function rankerCost(
  ranker: RankerDescriptor,
  networks: Networks,
  request: Omit<ReadoutRequest, 'parts'>,
  images: number,
): ForwardCost {
  return readoutCost(networks, { ...request, parts: neededParts(ranker) }, images);
}
