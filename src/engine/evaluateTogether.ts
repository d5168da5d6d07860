/**
 * The truth about several architectures at once: trained alone, but side by side on the GPU, step by
 * step in lockstep. Each has the seeds, images, rates and test that `trainAlone` gives it, and what one
 * learns does not depend on the others, so the results are those of one after another.
 */

import { LabError } from '../core/errors.ts';
import type { RunConfig } from '../core/run/config.ts';
import type { ArchitectureId } from '../core/space/ids.ts';
import type { CurvePoint } from '../core/study/events.ts';
import {
  type AlonePreparation,
  type AloneResult,
  divergedResult,
  prepareAlone,
} from './evaluate.ts';
import type { ExecutorState } from './executors/executor.ts';
import {
  type BatchedNetworks,
  type BatchedNetworksInit,
  createBatchedNetworks,
} from './executors/webgpu/networks.ts';
import { rateAt } from './rates.ts';
import { type Gate, seededParameters } from './supernet.ts';
import { EVALUATION_BATCH, type Task } from './task.ts';

/** Trainings that differ in nothing but architecture and seed. At least one. */
export interface TogetherRequest {
  readonly config: RunConfig;
  /** Training steps of each, from 1. */
  readonly steps: number;
  readonly trainings: readonly { readonly architecture: ArchitectureId; readonly seed: number }[];
}

/** Where trainings were cancelled, as plain data: enough to go on with, on this device or another. */
export interface KeptTogether {
  /** Of the groups before. */
  readonly results: readonly AloneResult[];
  /** Steps that the present group has done, and its networks, curves and ends by then. */
  readonly step: number;
  readonly states: readonly ExecutorState[];
  readonly histories: readonly (readonly CurvePoint[])[];
  readonly ends: ReadonlyMap<number, number>;
}

export interface TogetherOptions {
  /** Steps between two points of a curve; `supernet.reportEvery` unless given. */
  readonly reportEvery?: number;
  /** Whether the results hold the trained networks. */
  readonly keepNetwork?: boolean;
  /** Goes on where the very same request was cancelled. */
  readonly resume?: KeptTogether | undefined;
  /** Hears where this request was cancelled. */
  readonly onCancelled?: (kept: KeptTogether) => void;
  /** Makes as many of the networks as fit; on the current WebGPU device unless given. */
  readonly createNetworks?: (init: BatchedNetworksInit) => Promise<BatchedNetworks>;
}

/** How far one of the trainings is. */
export interface TogetherProgress {
  /** Its place in the request. */
  readonly index: number;
  /** A point of its curve; as it begins or goes on, the last one, if any. */
  readonly point: CurvePoint | null;
}

/** Networks that are on the device together. */
interface Group {
  readonly networks: BatchedNetworks;
  readonly members: readonly AlonePreparation[];
  readonly histories: readonly CurvePoint[][];
  /** Step at which a member was found to have diverged; it runs on, unheard. */
  readonly ends: Map<number, number>;
  /** Steps done. */
  step: number;
}

/** Trains until the last step, or until all have diverged; tells the points of the others. */
async function* trainGroup(
  group: Group,
  task: Task,
  gate: Gate,
): AsyncGenerator<TogetherProgress, void> {
  const { networks, members, histories, ends } = group;
  const [first] = members;
  if (!first) return;
  const { steps, batchSize, reportEvery, weights } = first.training;
  const streams = members.map(({ name }) => task.trainStream(batchSize, ...name.labels));
  const stepsPerEpoch = streams[0]?.stepsPerEpoch ?? 1;
  while (group.step < steps && ends.size < members.length) {
    await gate();
    await networks.ready();
    const batches = streams.map((stream) => stream.batch(group.step));
    networks.step(batches, rateAt(weights, group.step, steps, stepsPerEpoch));
    group.step += 1;
    const done = group.step;
    if (done % reportEvery !== 0 && done !== steps) continue;
    for (const [index, { loss, accuracy }] of (await networks.statistics()).entries()) {
      if (ends.has(index)) continue;
      if (!Number.isFinite(loss)) {
        ends.set(index, done);
        continue;
      }
      const point = { step: done, loss, accuracy };
      histories[index]?.push(point);
      yield { index, point };
    }
  }
}

async function testGroup(
  { networks, members, histories, ends }: Group,
  task: Task,
  gate: Gate,
  keepNetwork: boolean,
): Promise<AloneResult[]> {
  const sound = ends.size < members.length;
  const tested = sound ? await networks.evaluate(task.testBatches(EVALUATION_BATCH), gate) : [];
  const kept = sound && keepNetwork ? await networks.parameters() : [];
  return members.map(({ id, plan }, index) => {
    const history = histories[index] ?? [];
    const end = ends.get(index);
    if (end !== undefined) return divergedResult(id, end, history);
    const { loss = Number.NaN, accuracy = Number.NaN } = tested[index] ?? {};
    if (!Number.isFinite(loss)) return divergedResult(id, 'test', history);
    const parameters = kept[index];
    const network = parameters ? { plan, parameters } : null;
    return { architecture: id, loss, accuracy, diverged: null, history, network };
  });
}

/**
 * Opens a group with as many of `waiting`, from the first, as fit; if they are as many as were kept,
 * it goes on from there.
 */
async function openGroup(
  waiting: readonly AlonePreparation[],
  create: (init: BatchedNetworksInit) => Promise<BatchedNetworks>,
  kept: KeptTogether | undefined,
): Promise<Group> {
  const [first] = waiting;
  if (!first) throw new RangeError('There is nothing to train.');
  const { batchSize, weights } = first.training;
  const networks = await create({
    plans: waiting.map(({ plan }) => plan),
    parameters: waiting.map(({ plan, name }) => seededParameters(plan, name)),
    weights,
    batchSize,
  });
  const members = waiting.slice(0, networks.count);
  if (kept?.states.length !== networks.count) {
    return { networks, members, histories: members.map(() => []), ends: new Map(), step: 0 };
  }
  networks.restore(kept.states);
  const histories = kept.histories.map((history) => [...history]);
  return { networks, members, histories, ends: new Map(kept.ends), step: kept.step };
}

/**
 * Trains architectures alone, together, and tests them; results in the order of the request, each
 * with what `trainAlone` gives, equal within rounding. As many as the device holds are trained at
 * once, then the next. One that diverges is a result, with the reason, and touches no other.
 * @throws LabError `config-invalid` where a network cannot be built; `out-of-memory` if not even one
 * network with a part of a batch fits, with what would; `device-lost`; whatever the gate throws.
 */
export async function* trainTogether(
  { config, steps, trainings }: TogetherRequest,
  task: Task,
  gate: Gate,
  {
    reportEvery = config.supernet.reportEvery,
    keepNetwork = false,
    resume,
    onCancelled,
    createNetworks = createBatchedNetworks,
  }: TogetherOptions = {},
): AsyncGenerator<TogetherProgress, AloneResult[]> {
  const prepared = trainings.map((one) =>
    prepareAlone({ config, steps, ...one }, task.shape, reportEvery),
  );
  const results: AloneResult[] = [...(resume?.results ?? [])];
  let kept = resume;
  while (results.length < prepared.length) {
    const from = results.length;
    const group = await openGroup(prepared.slice(from), createNetworks, kept);
    kept = undefined;
    try {
      for (const index of group.members.keys()) {
        yield { index: from + index, point: group.histories[index]?.at(-1) ?? null };
      }
      for await (const { index, point } of trainGroup(group, task, gate)) {
        yield { index: from + index, point };
      }
      results.push(...(await testGroup(group, task, gate, keepNetwork)));
    } catch (thrown) {
      // A lost device ends what is read from it with an `AbortError`, which is no cancelling.
      if (onCancelled && thrown instanceof LabError && thrown.code === 'cancelled') {
        const { networks, histories, ends, step } = group;
        onCancelled({ results, step, states: await networks.save(), histories, ends });
      }
      throw thrown;
    } finally {
      group.networks.dispose();
    }
  }
  return results;
}
