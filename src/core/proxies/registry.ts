/** Every zero-cost proxy, each of them a ranker too. To add one is to add a file and a line here. */
import { gradNorm } from './gradNorm.ts';
import { jacobCov } from './jacobCov.ts';
import { naswot } from './naswot.ts';
import { snip } from './snip.ts';
import { synflow } from './synflow.ts';

export const PROXIES = [synflow, gradNorm, snip, naswot, jacobCov] as const;

export type ProxyKey = (typeof PROXIES)[number]['descriptor']['key'];

/** Names of the values in logs. */
export const PROXY_KEYS: readonly ProxyKey[] = PROXIES.map(({ descriptor }) => descriptor.key);

/**
 * Scores of an untrained network, mean over the initialisations: null where undefined, absent in a
 * log that is older than the proxy.
 */
export type ProxyValues = { readonly [K in ProxyKey]?: number | null };
