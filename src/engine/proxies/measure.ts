/** Measures every proxy of one architecture: mean over three initialisations of the network. */
import type { Architecture } from '../../core/architecture.ts';
import { createRandom } from '../../core/random.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { Plan } from '../../core/schedule.ts';
import type { ProxyValues } from '../../core/study/events.ts';
import { alonePlan } from '../evaluate.ts';
import type { Batch } from '../executors/executor.ts';
import { initialParameters } from '../network/initialise.ts';
import type { Task } from '../task.ts';
import { lossGradient } from './passes.ts';
import { PROXIES } from './registry.ts';
import type { UntrainedNetwork } from './types.ts';

const BATCH = 64;
const INITIALISATIONS = 3;

function untrained(plan: Plan, parameters: Float32Array, batch: Batch): UntrainedNetwork {
  let gradient: Promise<Float32Array> | null = null;
  return {
    plan,
    parameters,
    batch,
    lossGradient: () => {
      gradient ??= lossGradient(plan, parameters, batch);
      return gradient;
    },
  };
}

const finiteOrNull = (value: number) => (Number.isFinite(value) ? value : null);

/**
 * Scores of an untrained network on the current backend; null where a proxy is undefined. Every
 * architecture of a task sees the same batch of at most 64 training images, drawn by the task's
 * seed. `seedLabels` name the initial weights: the same labels, the same weights.
 */
export async function measureProxies(
  config: RunConfig,
  architecture: Architecture,
  task: Task,
  seedLabels: readonly (string | number)[],
): Promise<ProxyValues> {
  const plan = alonePlan(config, task.shape, architecture);
  const batch = task.trainStream(BATCH, 'proxies').batch(0);
  const values = { synflow: 0, gradNorm: 0, snip: 0, naswot: 0, jacobCov: 0 };
  for (let init = 0; init < INITIALISATIONS; init++) {
    const random = createRandom(config.search.seed, 'proxies', ...seedLabels, init);
    const network = untrained(plan, initialParameters(plan, random), batch);
    for (const proxy of PROXIES) {
      values[proxy.id] += (await proxy.score(network)) / INITIALISATIONS;
    }
  }
  return {
    synflow: finiteOrNull(values.synflow),
    gradNorm: finiteOrNull(values.gradNorm),
    snip: finiteOrNull(values.snip),
    naswot: finiteOrNull(values.naswot),
    jacobCov: finiteOrNull(values.jacobCov),
  };
}
