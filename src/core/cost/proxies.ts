/** What zero-cost proxies cost, which is little, from the passes that they name. */
import { INITIALISATIONS, PASS_SIZES, PROXY_BATCH } from '../proxies/passes.ts';
import type { ProxyDescriptor } from '../proxies/types.ts';
import type { ForwardCost } from './forward.ts';

/**
 * Of scoring one architecture by some proxies together: passes that several of them name are made once
 * for each initialisation. Backward passes count as forward ones (`PASS_SIZES`).
 * @param macs Of one image forward through the architecture.
 * @param trainImages Training images there are; a batch has no more.
 */
export function proxiesCost(
  proxies: readonly ProxyDescriptor[],
  macs: number,
  trainImages: number,
): ForwardCost {
  const batch = Math.min(PROXY_BATCH, trainImages);
  const passes = new Set(proxies.flatMap((proxy) => proxy.passes));
  let pathPasses = 0;
  for (const pass of passes) {
    const { forwards, images } = PASS_SIZES[pass];
    pathPasses += INITIALISATIONS * forwards * (images === 'batch' ? batch : images);
  }
  return { supernetPasses: 0, pathPasses, macs: pathPasses * macs };
}
