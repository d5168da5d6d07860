/** A name for a training alone: the same name, the same weights on the same backend. */
import { canonicalJson } from '../../core/canonical.ts';
import type { TrainingRequest } from '../../core/trainedModel.ts';

/** Canonical text of everything that decides the trained network, and of nothing else. */
export function trainingKey({ config, architecture, seed, steps }: TrainingRequest): string {
  const { task, space, supernet, search } = config;
  const { operation, kernel, width, stages, channelRule, channels, pooling, poolingType } = space;
  const { batchSize, normalisation, weightInit, weights } = supernet;
  return canonicalJson({
    architecture,
    seed,
    steps,
    task,
    space: { operation, kernel, width, stages, channelRule, channels, pooling, poolingType },
    supernet: { batchSize, normalisation, weightInit, weights },
    draws: search.seed,
  });
}
