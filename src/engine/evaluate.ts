/**
 * The truth about an architecture: trained alone, by the rules of its supernet (normalisation,
 * initialisation, schedule, batch size), from a seed of its own, and tested on images that neither
 * weights nor alpha have seen.
 */
import { architectureId, cellsOf, readArchitecture } from '../core/cellId.ts';
import { toErrorRecord } from '../core/errors.ts';
import type { TaskShape } from '../core/networkShape.ts';
import type { RunConfig, SupernetConfig } from '../core/run/config.ts';
import type { ExecutorPreference } from '../core/run/executors.ts';
import type { Plan } from '../core/schedule.ts';
import type { ArchitectureId } from '../core/space/ids.ts';
import type { CurvePoint } from '../core/study/events.ts';
import type { Batch, Executor, ExecutorState } from './executors/executor.ts';
import { planOf } from './plan.ts';
import { createSupernet, type Gate, type TrainingName, trainSupernet } from './supernet.ts';
import { EVALUATION_BATCH, type Task } from './task.ts';

export interface AloneRequest {
  readonly config: RunConfig;
  readonly architecture: ArchitectureId;
  /** Which training of this architecture, from 0. */
  readonly seed: number;
  /** Training steps, from 1. */
  readonly steps: number;
}

export interface AloneOptions {
  /** Steps between two points of the curve; `supernet.reportEvery` unless given. */
  readonly reportEvery?: number;
  /** Whether the result holds the trained network. */
  readonly keepNetwork?: boolean;
  /** The fastest that can unless given. */
  readonly executor?: ExecutorPreference;
  /** What the network is measured on: the test images, unless a search asks, which must not see them. */
  readonly images?: 'test' | 'validation';
  /** Where a training goes on that was interrupted: steps done, and the executor's state. */
  readonly resume?: { readonly step: number; readonly state: ExecutorState } | null;
  /** Told before every step what is being trained, and null when training has ended. */
  readonly onStep?: (at: { readonly step: number; readonly executor: Executor } | null) => void;
}

/** A network and its weights: all that is needed to use or export it. */
export interface TrainedNetwork {
  readonly plan: Plan;
  /** Flat, `plan.parameterCount` values in the order of `plan.slots`. */
  readonly parameters: Float32Array;
}

export interface AloneResult {
  /** Canonical id: isomorphic twins have the same, and are the same network bit for bit. */
  readonly architecture: ArchitectureId;
  /** Cross-entropy (nats) and accuracy (0..1) of what it was measured on; null if it diverged. */
  readonly loss: number | null;
  readonly accuracy: number | null;
  /** Why there is no accuracy. */
  readonly diverged: string | null;
  readonly history: readonly CurvePoint[];
  /** Null unless asked for, and after a diverged training. */
  readonly network: TrainedNetwork | null;
}

/** The plan of one architecture: one candidate a stage, in canonical form. */
export function alonePlan(config: RunConfig, task: TaskShape, architecture: ArchitectureId): Plan {
  return planOf(
    config,
    task,
    cellsOf(architecture).map((cell) => [cell]),
  );
}

/** The schedule of a training alone: there is nothing to mix, so alpha rests. */
function aloneConfig(supernet: SupernetConfig, steps: number, reportEvery: number): SupernetConfig {
  return {
    ...supernet,
    steps,
    reportEvery,
    sampling: 'softmax',
    alpha: { ...supernet.alpha, init: 'zeros', order: 'joint', frozen: 1 },
  };
}

/** What decides a training alone, before anything is trained. */
export interface AlonePreparation {
  /** Canonical id of the architecture. */
  readonly id: ArchitectureId;
  readonly plan: Plan;
  readonly training: SupernetConfig;
  readonly name: TrainingName;
}

/** @throws LabError `config-invalid` where the network cannot be built. */
export function prepareAlone(
  { config, architecture, seed, steps }: AloneRequest,
  shape: TaskShape,
  reportEvery: number,
): AlonePreparation {
  const id = architectureId(readArchitecture(architecture));
  return {
    id,
    plan: alonePlan(config, shape, id),
    training: aloneConfig(config.supernet, steps, reportEvery),
    name: { seed: config.search.seed, labels: ['alone', id, seed] },
  };
}

/** The result of a training that came to nothing at a step, or where it was measured. */
export function divergedResult(
  architecture: ArchitectureId,
  at: number | 'test' | 'validation',
  history: readonly CurvePoint[],
): AloneResult {
  const diverged =
    typeof at === 'number'
      ? `The training loss is not a number at step ${at}.`
      : `The loss on the ${at} images is not a number.`;
  return { architecture, loss: null, accuracy: null, diverged, history, network: null };
}

async function measure(executor: Executor, batches: readonly Batch[], gate: Gate) {
  const whole = executor.plan.stages.map(() => [1]);
  const [result] = await executor.evaluate(batches, [whole], gate);
  return { loss: result?.loss ?? Number.NaN, accuracy: result?.accuracy ?? Number.NaN };
}

/**
 * Trains one architecture alone and tests it; yields a point of its curve every `reportEvery` steps
 * and after the last. The result depends on (config, canonical architecture, seed, steps) alone. A
 * training that diverges is a result, with the reason, not an error.
 * @throws LabError `config-invalid` where the network cannot be built, and whatever the gate throws.
 */
export async function* trainAlone(
  request: AloneRequest,
  task: Task,
  gate: Gate,
  {
    reportEvery = request.config.supernet.reportEvery,
    keepNetwork = false,
    executor: prefer,
    images = 'test',
    resume = null,
    onStep,
  }: AloneOptions = {},
): AsyncGenerator<CurvePoint, AloneResult> {
  const { id, plan, training, name } = prepareAlone(request, task.shape, reportEvery);
  const executor = createSupernet(plan, training, name, prefer);
  const history: CurvePoint[] = [];
  try {
    if (resume) executor.restore(resume.state);
    let done = resume?.step ?? 0;
    const stepGate: Gate = async () => {
      onStep?.({ step: done, executor });
      await gate();
      done += 1;
    };
    for await (const report of trainSupernet(executor, task, training, name, done, stepGate)) {
      const point = { step: report.step, loss: report.loss, accuracy: report.accuracy };
      history.push(point);
      yield point;
    }
    onStep?.(null);
    const batches =
      images === 'test'
        ? task.testBatches(EVALUATION_BATCH)
        : task.validationBatches(EVALUATION_BATCH);
    const { loss, accuracy } = await measure(executor, batches, gate);
    if (!Number.isFinite(loss)) return divergedResult(id, images, history);
    const parameters = keepNetwork ? ((await executor.save()).weights ?? null) : null;
    const network = parameters && { plan: executor.plan, parameters };
    return { architecture: id, loss, accuracy, diverged: null, history, network };
  } catch (thrown) {
    const { code, details } = toErrorRecord(thrown);
    if (code !== 'training-diverged') throw thrown;
    const { step } = details;
    return divergedResult(id, typeof step === 'number' ? step : request.steps, history);
  } finally {
    onStep?.(null);
    executor.dispose();
  }
}
