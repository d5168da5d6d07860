/** Any benchmark by its request. To add one: an entry in `core/bench`, a file here, and a case below. */
import type { BenchRequest } from '../../core/bench/requests.ts';
import type { BenchResult, Place } from '../../core/bench/results.ts';
import { measureExecutors } from './executors.ts';
import { type GrowthHost, measureGrowth } from './growth.ts';
import { measureKernels } from './kernels.ts';
import { measureNetworks } from './networks.ts';
import { measurePool, type PoolHost } from './pool.ts';
import { measureScaling } from './scaling.ts';

/** What the thread, and what is around it, must offer. */
export type MeasureHost = GrowthHost & PoolHost;

/**
 * Measures on the current backend, which is that of `place`.
 * @throws LabError `backend-unavailable` for what this backend or host cannot do, and whatever the
 * gate throws.
 */
export function measure(
  place: Place,
  request: BenchRequest,
  host: MeasureHost,
): Promise<BenchResult> {
  switch (request.benchmark) {
    case 'executors':
      return measureExecutors(place, request.options, host);
    case 'kernels':
      return measureKernels(place, request.options, host);
    case 'scaling':
      return measureScaling(place, request.options, host);
    case 'networks':
      return measureNetworks(place, request.options, host);
    case 'pool':
      return measurePool(place, request.options, host);
    case 'growth':
      return measureGrowth(place, request.options, host);
    default:
      return request satisfies never;
  }
}
