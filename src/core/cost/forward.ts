/**
 * What a job spends, in multiply–accumulates (MACs): half the FLOPs of `architecture.ts`, and by its
 * rules. One unit for everything: an image sent forward through a network. Executors may share work
 * between mixtures; these counts do not, so they are the same on every device.
 */
import {
  architectureCost,
  cellCost,
  classifierCost,
  type NetworkShape,
  stemCost,
} from '../architecture.ts';
import type { StageTable } from '../ranks.ts';
import { choiceParts, type Region } from '../region.ts';

/** Candidates, and the network they are built into. */
export interface Networks {
  readonly region: Region;
  readonly shape: NetworkShape;
}

export interface ForwardCost {
  /** Images sent forward through the supernet under a mixture of several candidates in some stage. */
  readonly supernetPasses: number;
  /** Images sent forward through single networks: one candidate a stage. */
  readonly pathPasses: number;
  readonly macs: number;
}

export const NO_COST: ForwardCost = { supernetPasses: 0, pathPasses: 0, macs: 0 };

/** Forward passes that a training step costs for each image: backward counts as two. */
export const FORWARDS_PER_STEP = 3;

export function addCosts(costs: readonly ForwardCost[]): ForwardCost {
  return costs.reduce(
    (sum, one) => ({
      supernetPasses: sum.supernetPasses + one.supernetPasses,
      pathPasses: sum.pathPasses + one.pathPasses,
      macs: sum.macs + one.macs,
    }),
    NO_COST,
  );
}

/**
 * MACs of one image through the supernet under a mixture `[stage][candidate]`: stems, classifier, and
 * the cells whose weight is not zero.
 */
export function mixtureMacs({ region, shape }: Networks, mixture: StageTable): number {
  const cells = region.flatMap((offered, s) => [
    stemCost(shape, s),
    ...offered
      .filter((_, i) => (mixture[s]?.[i] ?? 0) !== 0)
      .map((cell) => cellCost(shape, s, cell)),
  ]);
  return [...cells, classifierCost(shape)].reduce((sum, { flops }) => sum + flops, 0) / 2;
}

/** MACs of one image through the architecture that a choice of candidates stands for. */
export function pathMacs({ region, shape }: Networks, choice: readonly number[]): number {
  return architectureCost(shape, choiceParts(region, choice)).flops / 2;
}

const isPath = (mixture: StageTable) =>
  mixture.every((row) => row.filter((weight) => weight !== 0).length === 1);

/** Of evaluating every mixture on so many images. */
export function mixturesCost(
  networks: Networks,
  mixtures: readonly StageTable[],
  images: number,
): ForwardCost {
  return addCosts(
    mixtures.map((mixture) => ({
      supernetPasses: isPath(mixture) ? 0 : images,
      pathPasses: isPath(mixture) ? images : 0,
      macs: images * mixtureMacs(networks, mixture),
    })),
  );
}

/** MACs of training: `macs` of one image forward, and images seen in all steps together. */
export const trainingMacs = (macs: number, images: number): number =>
  FORWARDS_PER_STEP * macs * images;
