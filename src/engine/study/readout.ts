/** What a supernet says at one moment of its training, for every ranker at once. */
import type { Random } from '../../core/random.ts';
import type { StageTable } from '../../core/ranks.ts';
import { EXHAUSTIVE_LIMIT, type SupernetReadout } from '../../core/study/events.ts';
import type { Batch, Evaluation, Executor, StepStatistics } from '../executors/executor.ts';
import { oneHotMixtures } from '../rankers/fadeProbe.ts';
import { withoutOne } from '../rankers/leaveOneOut.ts';
import { drawPaths, pathMixture } from '../rankers/sampledPaths.ts';
import type { Gate } from '../supernet.ts';

export interface ReadoutRequest {
  readonly executor: Executor;
  /** Held-out images. */
  readonly batches: readonly Batch[];
  /** Training steps done. */
  readonly step: number;
  readonly statistics: Pick<StepStatistics, 'weights' | 'averaged'>;
  /** Draws the sampled paths. */
  readonly random: Random;
  readonly gate: Gate;
}

/** Every path of stages of `sizes` candidates, last stage fastest; null if there are too many. */
function everyPath(sizes: readonly number[]): number[][] | null {
  if (sizes.reduce((count, k) => count * k, 1) > EXHAUSTIVE_LIMIT) return null;
  return sizes.reduce<number[][]>(
    (paths, k) => paths.flatMap((path) => Array.from({ length: k }, (_, i) => [...path, i])),
    [[]],
  );
}

/** Evaluates many mixtures in one call, equal ones once: executors share work between them. */
async function evaluateAll(
  { executor, batches, gate }: ReadoutRequest,
  mixtures: readonly StageTable[],
): Promise<Evaluation[]> {
  const places = new Map<string, number>();
  const distinct: StageTable[] = [];
  const at = mixtures.map((mixture) => {
    const key = JSON.stringify(mixture);
    const place = places.get(key) ?? distinct.length;
    if (place === distinct.length) distinct.push(mixture);
    places.set(key, place);
    return place;
  });
  const evaluations = await executor.evaluate(batches, distinct, gate);
  return at.map((place) => evaluations[place] ?? { loss: Number.NaN, accuracy: Number.NaN });
}

/** Cuts values that run through the candidates of stage after stage. */
function perStage(sizes: readonly number[], values: readonly number[]): number[][] {
  let at = 0;
  return sizes.map((k) => {
    at += k;
    return values.slice(at - k, at);
  });
}

/** Reads a supernet out on held-out images. @throws whatever the gate throws. */
export async function readOut(request: ReadoutRequest): Promise<SupernetReadout> {
  const { executor, step, statistics, random } = request;
  const { weights: last, averaged } = statistics;
  const sizes = executor.plan.stages.map((stage) => stage.candidates.length);
  const paths = drawPaths(sizes, random);
  const every = everyPath(sizes);
  const mixture = (path: readonly number[]) => pathMixture(sizes, path);
  const groups = {
    mixed: [averaged],
    probe: oneHotMixtures(averaged),
    without: withoutOne(averaged),
    sampled: paths.map(mixture),
    every: (every ?? []).map(mixture),
  };
  const evaluations = await evaluateAll(request, Object.values(groups).flat());
  const take = (count: number) => evaluations.splice(0, count);
  const [mixed] = take(1);
  const losses = (some: readonly Evaluation[]) => some.map(({ loss }) => loss);
  const probe = perStage(sizes, losses(take(groups.probe.length)));
  const leaveOneOut = perStage(sizes, losses(take(groups.without.length)));
  const sampled = { paths, losses: losses(take(paths.length)) };
  const exhaustive = every && {
    losses: losses(evaluations),
    accuracies: evaluations.map(({ accuracy }) => accuracy),
  };
  return {
    step,
    last,
    averaged,
    probe,
    leaveOneOut,
    sampled,
    exhaustive,
    loss: mixed?.loss ?? Number.NaN,
    accuracy: mixed?.accuracy ?? Number.NaN,
  };
}
