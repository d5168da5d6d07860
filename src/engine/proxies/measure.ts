/** Measures every proxy of one architecture: mean over a few initialisations of the network. */
import { INITIALISATIONS, PROXY_BATCH } from '../../core/proxies/passes.ts';
import { PROXIES, type ProxyValues } from '../../core/proxies/registry.ts';
import type { ProxyPasses, UntrainedNetwork } from '../../core/proxies/types.ts';
import { createRandom } from '../../core/random.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { Plan } from '../../core/schedule.ts';
import type { ArchitectureId } from '../../core/space/ids.ts';
import { alonePlan } from '../evaluate.ts';
import type { Batch } from '../executors/executor.ts';
import { initialParameters } from '../network/initialise.ts';
import type { Task } from '../task.ts';
import { activationCounts, imageGradient, lossGradient, onesGradient } from './passes.ts';

/** The same promise at every call. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

const finiteOrNull = (value: number) => (Number.isFinite(value) ? value : null);

/** A network on the current backend, as the proxies see it. */
export function untrainedNetwork(
  plan: Plan,
  parameters: Float32Array,
  batch: Batch,
): UntrainedNetwork & ProxyPasses {
  return {
    plan,
    parameters,
    images: batch.labels.length,
    lossGradient: once(() => lossGradient(plan, parameters, batch)),
    imageGradient: once(() => imageGradient(plan, parameters, batch.images)),
    activationCounts: once(() => activationCounts(plan, parameters, batch.images)),
    onesGradient: (other) => onesGradient(plan, other),
  };
}

/**
 * Scores of an untrained network on the current backend; null where a proxy is undefined. Every
 * architecture of a task sees the same batch of at most 64 training images, drawn by the task's
 * seed. `seedLabels` name the initial weights: the same labels, the same weights.
 */
export async function measureProxies(
  config: RunConfig,
  architecture: ArchitectureId,
  task: Task,
  seedLabels: readonly (string | number)[],
): Promise<ProxyValues> {
  const plan = alonePlan(config, task.shape, architecture);
  const batch = task.trainStream(PROXY_BATCH, 'proxies').batch(0);
  const sums = PROXIES.map(() => 0);
  for (let init = 0; init < INITIALISATIONS; init++) {
    const random = createRandom(config.search.seed, 'proxies', ...seedLabels, init);
    const network = untrainedNetwork(plan, initialParameters(plan, random), batch);
    for (const [n, proxy] of PROXIES.entries()) {
      sums[n]! += (await proxy.score(network)) / INITIALISATIONS;
    }
  }
  return Object.fromEntries(
    PROXIES.map(({ descriptor }, n) => [descriptor.key, finiteOrNull(sums[n]!)]),
  );
}
