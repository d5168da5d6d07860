/**
 * Evaluates many mixtures at once. Mixtures are a prefix tree over stages: a candidate runs once for
 * each distinct history that leads to it, and never where its weight is zero.
 */
import type { Batch } from '../executor.ts';
import { addressAfter, type ByteAddress } from '../units.ts';
import {
  classify,
  forwardCell,
  forwardStem,
  loadImages,
  type Machine,
  measure,
  mixStage,
  poolStage,
} from './forward.ts';
import { addLosses, LOSS_BYTES } from './loss.ts';
import { type Microbatch, microbatchesOf } from './microbatches.ts';
import type { Plane } from './planes.ts';

/** `mixture[stage][candidate]`. */
export type Mixture = readonly (readonly number[])[];

export interface EvaluationTask {
  readonly machine: Machine;
  readonly batch: Batch;
  readonly mixtures: readonly Mixture[];
  /** Address of the sums of losses, one mixture's after the other's. */
  readonly losses: ByteAddress;
}

/** Mixtures that agree in this stage, by their row. */
function byRow(members: readonly number[], mixtures: readonly Mixture[], stage: number) {
  const groups = new Map<string, number[]>();
  for (const m of members) {
    const key = (mixtures[m]?.[stage] ?? []).join(' ');
    const group = groups.get(key);
    if (group) group.push(m);
    else groups.set(key, [m]);
  }
  return [...groups.values()];
}

function finish(
  { machine, batch, losses }: EvaluationTask,
  features: Plane,
  members: readonly number[],
  microbatches: readonly Microbatch[],
): void {
  const sums = members.map((m) => addressAfter(losses, LOSS_BYTES, m));
  for (const microbatch of microbatches) {
    classify(machine, features, microbatch);
    addLosses(machine, batch.labels, microbatch, sums, null);
  }
}

/** Adds a batch to the sums of `members` below one node of the tree; yields where it may pause. */
function* descend(
  task: EvaluationTask,
  s: number,
  features: Plane,
  members: readonly number[],
  microbatches: readonly Microbatch[],
): Generator<void> {
  const { machine, batch, mixtures } = task;
  const stage = machine.workspace.stages[s];
  if (!stage) {
    finish(task, features, members, microbatches);
    return;
  }
  const needed = stage.candidates.filter((_, i) =>
    members.some((m) => (mixtures[m]?.[s]?.[i] ?? 0) !== 0),
  );
  for (const microbatch of microbatches) {
    forwardStem(machine, stage, features, microbatch);
    for (const cell of needed) forwardCell(machine, stage, cell, microbatch);
    machine.member.beat();
  }
  if (machine.workspace.batchNorm) {
    measure(machine, stage, needed, microbatches, batch.labels.length);
    yield;
  }
  for (const group of byRow(members, mixtures, s)) {
    const row = mixtures[group[0] ?? 0]?.[s] ?? [];
    const mixed = mixStage(machine, stage, row, microbatches);
    const pooled = poolStage(machine, stage, mixed, microbatches);
    yield* descend(task, s + 1, pooled, group, microbatches);
  }
}

/**
 * This thread's part of a pass: adds the losses and correct answers of the batch under every mixture
 * to their sums. Yields where it may pause.
 */
export function* evaluationPass(task: EvaluationTask): Generator<void> {
  const { machine, batch, mixtures } = task;
  const members = mixtures.map((_, m) => m);
  for (const microbatches of microbatchesOf(machine.plan, batch.labels.length, machine.member)) {
    for (const microbatch of microbatches) loadImages(machine, batch.images, microbatch);
    yield* descend(task, 0, machine.workspace.images, members, microbatches);
    yield;
  }
}
