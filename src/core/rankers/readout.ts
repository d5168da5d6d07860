/**
 * Readouts: what is measured of a trained supernet on held-out images, in parts, so that a search
 * measures the part that its ranker reads and a study measures all. A part says which mixtures it
 * wants evaluated, and how their losses are kept. Nothing here evaluates anything.
 */
import type { Random } from '../random.ts';
import type { StageTable } from '../ranks.ts';

/** Random single paths: `paths[m][stage]`, and the loss of each. */
export interface SampledPaths {
  readonly paths: readonly (readonly number[])[];
  readonly losses: readonly number[];
}

/** Every single path, last stage fastest. */
export interface EveryPath {
  readonly losses: readonly number[];
  readonly accuracies: readonly number[];
}

/** The parts. Losses in nats. */
export interface ReadoutParts {
  /** Loss with one stage one-hot on a candidate, the others mixed by the weights. */
  readonly probe: StageTable;
  /** Loss with uniform weights and the candidate left out. */
  readonly leaveOneOut: StageTable;
  readonly sampled: SampledPaths;
  /** Null beyond `EXHAUSTIVE_LIMIT` architectures. */
  readonly exhaustive: EveryPath | null;
}

export type PartId = keyof ReadoutParts;

/** In the order in which they are evaluated. */
export const PARTS: readonly PartId[] = ['probe', 'leaveOneOut', 'sampled', 'exhaustive'];

/** The parts that were asked for; the others are null. */
export type MeasuredParts = { readonly [P in PartId]: ReadoutParts[P] | null };

/** Regions of more architectures are not walked through path by path. */
export const EXHAUSTIVE_LIMIT = 256;

export const PATHS_PER_CANDIDATE = 4;

interface Figures {
  readonly loss: number;
  readonly accuracy: number;
}

export interface ReadoutRequest {
  readonly parts: readonly PartId[];
  /** Architecture weights `[stage][candidate]` that mix the stages. */
  readonly weights: StageTable;
  /** Draws the sampled paths, and nothing else. */
  readonly random: Random;
}

/** What was measured, and loss and accuracy of the supernet mixed by the weights. */
export type Readout = MeasuredParts & Figures;

export interface ReadoutPlan {
  /** Mixtures to evaluate, no two of them equal. Executors share work between them. */
  readonly mixtures: readonly StageTable[];
  /** The readout, from an evaluation of each mixture, in order. */
  read(evaluations: readonly Figures[]): Readout;
}

/** One mixture a candidate, stage after stage: its stage one-hot on it, the others as they were. */
function oneHotMixtures(weights: StageTable): StageTable[] {
  return weights.flatMap((stage, s) =>
    stage.map((_, i) =>
      weights.map((row, t) => (t === s ? row.map((_, j) => (j === i ? 1 : 0)) : row)),
    ),
  );
}

/**
 * One mixture a candidate, stage after stage: uniform weights, the candidate left out of its stage
 * (unless it is alone there).
 */
function withoutOne(weights: StageTable): StageTable[] {
  const uniform = weights.map((row) => row.map(() => 1 / row.length));
  return uniform.flatMap((stage, s) =>
    stage.map((_, i) =>
      uniform.map((row, t) => {
        if (t !== s || row.length === 1) return row;
        return row.map((_, j) => (j === i ? 0 : 1 / (row.length - 1)));
      }),
    ),
  );
}

/** Random paths, a few for each candidate there is: the candidate of each stage. */
function drawPaths(sizes: readonly number[], random: Random): number[][] {
  const cells = sizes.reduce((a, b) => a + b, 0);
  return Array.from({ length: PATHS_PER_CANDIDATE * cells }, () =>
    sizes.map((k) => random.integer(k)),
  );
}

/** Every path of stages of `sizes` candidates, last stage fastest; null if there are too many. */
function everyPath(sizes: readonly number[]): number[][] | null {
  if (sizes.reduce((count, k) => count * k, 1) > EXHAUSTIVE_LIMIT) return null;
  return sizes.reduce<number[][]>(
    (paths, k) => paths.flatMap((path) => Array.from({ length: k }, (_, i) => [...path, i])),
    [[]],
  );
}

/** The mixture that is one-hot on a path's candidate in every stage. */
const pathMixture = (sizes: readonly number[], path: readonly number[]): StageTable =>
  sizes.map((k, s) => Array.from({ length: k }, (_, i) => (i === path[s] ? 1 : 0)));

/** Cuts values that run through the candidates of stage after stage. */
function perStage(sizes: readonly number[], values: readonly number[]): number[][] {
  let at = 0;
  return sizes.map((k) => {
    at += k;
    return values.slice(at - k, at);
  });
}

/** Gathers mixtures, equal ones once; a list stands at the places that it is given. */
class Mixtures {
  readonly distinct: StageTable[] = [];
  private readonly places = new Map<string, number>();

  add(mixtures: readonly StageTable[]): readonly number[] {
    return mixtures.map((mixture) => {
      const key = JSON.stringify(mixture);
      const place = this.places.get(key) ?? this.distinct.length;
      if (place === this.distinct.length) this.distinct.push(mixture);
      this.places.set(key, place);
      return place;
    });
  }
}

/** What to evaluate for the parts asked for, and what that comes to. */
export function planReadout({ parts, weights, random }: ReadoutRequest): ReadoutPlan {
  const sizes = weights.map((row) => row.length);
  const all = new Mixtures();
  const [mixed = 0] = all.add([weights]);
  const wants = (part: PartId) => parts.includes(part);
  const probe = wants('probe') ? all.add(oneHotMixtures(weights)) : null;
  const without = wants('leaveOneOut') ? all.add(withoutOne(weights)) : null;
  const along = (paths: readonly (readonly number[])[]) =>
    all.add(paths.map((path) => pathMixture(sizes, path)));
  const paths = wants('sampled') ? drawPaths(sizes, random) : null;
  const sampled = paths && along(paths);
  const every = wants('exhaustive') ? everyPath(sizes) : null;
  const exhaustive = every && along(every);
  return {
    mixtures: all.distinct,
    read: (evaluations) => {
      const loss = (place: number) => evaluations[place]?.loss ?? Number.NaN;
      const accuracy = (place: number) => evaluations[place]?.accuracy ?? Number.NaN;
      return {
        probe: probe && perStage(sizes, probe.map(loss)),
        leaveOneOut: without && perStage(sizes, without.map(loss)),
        sampled: paths && sampled && { paths, losses: sampled.map(loss) },
        exhaustive: exhaustive && {
          losses: exhaustive.map(loss),
          accuracies: exhaustive.map(accuracy),
        },
        loss: loss(mixed),
        accuracy: accuracy(mixed),
      };
    },
  };
}
