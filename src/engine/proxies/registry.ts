/** Every zero-cost proxy. To add one is to add a file and a line here. */
import { gradNorm } from './gradNorm.ts';
import { jacobCov } from './jacobCov.ts';
import { naswot } from './naswot.ts';
import { snip } from './snip.ts';
import { synflow } from './synflow.ts';
import type { ZeroCostProxy } from './types.ts';

export const PROXIES: readonly ZeroCostProxy[] = [synflow, gradNorm, snip, naswot, jacobCov];
