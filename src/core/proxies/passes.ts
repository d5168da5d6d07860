/** What the passes behind the proxies take: on how many images, and how many forward passes each. */
import type { ProxyPass } from './types.ts';

/** Training images in the batch of every proxy, or as many as there are. */
export const PROXY_BATCH = 64;

/** Fresh networks that a score is the mean of. */
export const INITIALISATIONS = 3;

export interface PassSize {
  /** Forward passes that one image costs; a backward pass through the weights counts as two. */
  readonly forwards: number;
  readonly images: 'batch' | 1;
}

export const PASS_SIZES: { readonly [P in ProxyPass]: PassSize } = {
  lossGradient: { forwards: 3, images: 'batch' },
  // Back through the layers, but to no weight: one forward's worth.
  imageGradient: { forwards: 2, images: 'batch' },
  activationCounts: { forwards: 1, images: 'batch' },
  onesGradient: { forwards: 3, images: 1 },
};
