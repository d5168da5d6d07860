/**
 * Evaluates many mixtures at once. Mixtures are a prefix tree over stages: a candidate runs once for
 * each distinct history that leads to it, and never where its weight is zero.
 */
import type { Batch } from '../executor.ts';
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
import { crossEntropy, type LossSums } from './loss.ts';
import type { Plane } from './planes.ts';
import { type Layer, type Window, windowsOf } from './workspace.ts';

/** `mixture[stage][candidate]`. */
export type Mixture = readonly (readonly number[])[];

export interface EvaluationTask {
  readonly machine: Machine;
  readonly dense: Layer;
  readonly channels: number;
  readonly classes: number;
  readonly mixtures: readonly Mixture[];
  /** One for each mixture. */
  readonly sums: readonly LossSums[];
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
  { machine, dense, classes, sums }: EvaluationTask,
  features: Plane,
  batch: Batch,
  members: readonly number[],
  windows: readonly Window[],
): void {
  const { heap, workspace } = machine;
  for (const window of windows) {
    classify(machine, dense, features, window);
    const { first, slot, count } = window;
    const logits = workspace.logits / 4 + slot * workspace.classes;
    const own = { loss: 0, correct: 0 };
    const stride = workspace.classes;
    crossEntropy(heap.floats, logits, batch.labels, first, count, classes, stride, own, null);
    for (const m of members) {
      const sum = sums[m];
      if (!sum) continue;
      sum.loss += own.loss;
      sum.correct += own.correct;
    }
  }
}

/** Adds a batch to the sums of `members` below one node of the tree; yields where it may pause. */
function* descend(
  task: EvaluationTask,
  batch: Batch,
  s: number,
  features: Plane,
  members: readonly number[],
  windows: readonly Window[],
): Generator<void> {
  const { machine, mixtures } = task;
  const stage = machine.workspace.stages[s];
  if (!stage) {
    finish(task, features, batch, members, windows);
    return;
  }
  const needed = stage.candidates.filter((_, i) =>
    members.some((m) => (mixtures[m]?.[s]?.[i] ?? 0) !== 0),
  );
  for (const window of windows) {
    forwardStem(machine, stage, features, window);
    for (const cell of needed) forwardCell(machine, stage, cell, window);
  }
  if (machine.workspace.batchNorm) {
    for (const cell of needed) measure(machine, stage, cell, windows);
    yield;
  }
  for (const group of byRow(members, mixtures, s)) {
    const row = mixtures[group[0] ?? 0]?.[s] ?? [];
    const mixed = mixStage(machine, stage, row, windows);
    const pooled = poolStage(machine, stage, mixed, windows);
    yield* descend(task, batch, s + 1, pooled, group, windows);
  }
}

/** Adds the losses and correct answers of a batch under every mixture; yields where it may pause. */
export function* evaluateBatch(task: EvaluationTask, batch: Batch): Generator<void> {
  const { machine, channels, mixtures } = task;
  const members = mixtures.map((_, m) => m);
  for (const windows of windowsOf(machine.workspace, batch.labels.length)) {
    for (const window of windows) loadImages(machine, batch.images, channels, window);
    yield* descend(task, batch, 0, machine.workspace.images, members, windows);
    yield;
  }
}
