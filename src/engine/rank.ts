/**
 * Inner search of one region: trains the supernet (or an ensemble of them), then ranks. Yields
 * progress; the last thing it yields is the result.
 */

import type { Networks } from '../core/cost/forward.ts';
import { neededParts, readoutCost } from '../core/cost/readout.ts';
import { LabError } from '../core/errors.ts';
import { createRandom } from '../core/random.ts';
import { searchRanker } from '../core/rankers/registry.ts';
import type { AdditiveRanker, Reading } from '../core/rankers/types.ts';
import { ensembleRanks, type StageTable } from '../core/ranks.ts';
import type { RunConfig } from '../core/run/config.ts';
import type { ExecutorPreference } from '../core/run/executors.ts';
import type { Plan } from '../core/schedule.ts';
import type { Executor, ExecutorState, StepStatistics } from './executors/executor.ts';
import { readOut } from './readout.ts';
import { createSupernet, type Gate, type TrainingReport, trainSupernet } from './supernet.ts';
import { EVALUATION_BATCH, type Task } from './task.ts';

/** A supernet in the middle of training, for checkpoints. */
export interface Training {
  readonly round: number;
  readonly job: number;
  readonly supernet: number;
  readonly step: number;
  readonly executor: Executor;
}

/** Where a training was interrupted. */
export interface Interruption {
  readonly supernet: number;
  readonly step: number;
  readonly state: ExecutorState;
}

export interface RankingContext {
  readonly plan: Plan;
  readonly task: Task;
  readonly config: RunConfig;
  readonly generation: number;
  readonly gate: Gate;
  /** Told before every step what is being trained, and null when training has ended. */
  readonly onTraining: (training: Omit<Training, 'round' | 'job'> | null) => void;
  readonly resume: Interruption | null;
  readonly executor: ExecutorPreference;
  /** The region and the shape of its networks: to count what a readout costs. */
  readonly networks: Networks;
}

export interface Ranking {
  /** Averaged architecture weights, `[stage][candidate]`, mean over the supernets. */
  readonly weights: StageTable;
  readonly ranks: StageTable;
  /** Validation loss (nats) and accuracy of the mixed supernet, mean over the supernets. */
  readonly loss: number;
  readonly accuracy: number;
  readonly steps: number;
  /** Multiply–accumulates of what was evaluated. */
  readonly macs: number;
}

export type RankingStep =
  | { readonly kind: 'progress'; readonly supernet: number; readonly report: TrainingReport }
  | { readonly kind: 'ranked'; readonly ranking: Ranking };

type One = Omit<Ranking, 'steps'>;

/** R of one supernet. @throws LabError `internal` if the ranker asks for what was not measured. */
function tableOf(ranker: AdditiveRanker, plan: Plan, reading: Reading): StageTable {
  const region = plan.stages.map(({ candidates }) => candidates.map(({ cell }) => cell));
  const table = ranker.form === 'cells' ? ranker.table(region) : ranker.table(reading);
  if (table) return table;
  const { id } = ranker.descriptor;
  throw new LabError('internal', `The ranker “${id}” lacks what it reads.`, { ranker: id });
}

/** Measures what the ranker of the search reads, and asks it. */
async function rankOne(
  context: RankingContext,
  supernet: number,
  executor: Executor,
  report: StepStatistics,
): Promise<One> {
  const { config, task, generation, gate, plan, networks } = context;
  const weights = config.ranker.weights === 'averaged' ? report.averaged : report.weights;
  const ranker = searchRanker(config.ranker);
  const parts = neededParts(ranker.descriptor);
  const batches = task.validationBatches(EVALUATION_BATCH);
  const images = batches.reduce((sum, { labels }) => sum + labels.length, 0);
  const chance = () => createRandom(config.search.seed, 'ranker', generation, supernet);
  const { macs } = readoutCost(networks, { parts, weights, random: chance() }, images);
  const { loss, accuracy, ...measured } = await readOut({
    executor,
    batches,
    gate,
    parts,
    weights,
    random: chance(),
  });
  const ranks = tableOf(ranker, plan, { ...measured, weights, last: report.weights });
  return { weights, ranks, loss, accuracy, macs };
}

/** @throws LabError `training-diverged`, `config-invalid`, and whatever the gate throws. */
export async function* rankRegion(context: RankingContext): AsyncGenerator<RankingStep, void> {
  const { config, plan, task, generation, onTraining } = context;
  const results: One[] = [];
  for (let supernet = 0; supernet < config.ranker.supernets; supernet++) {
    const name = { seed: config.search.seed, labels: [generation, supernet] };
    const executor = createSupernet(plan, config.supernet, name, context.executor);
    try {
      const resume = context.resume?.supernet === supernet ? context.resume : null;
      if (resume) executor.restore(resume.state);
      let done = resume?.step ?? 0;
      const gate: Gate = async () => {
        onTraining({ supernet, step: done, executor });
        await context.gate();
        done += 1;
      };
      let last: TrainingReport | null = null;
      const training = trainSupernet(executor, task, config.supernet, name, done, gate);
      for await (const report of training) {
        last = report;
        yield { kind: 'progress', supernet, report };
      }
      onTraining(null);
      results.push(
        await rankOne(context, supernet, executor, last ?? (await executor.statistics())),
      );
    } finally {
      onTraining(null);
      executor.dispose();
    }
  }
  yield { kind: 'ranked', ranking: combine(results, config.supernet.steps) };
}

function combine(results: readonly One[], steps: number): Ranking {
  const mean = (pick: (one: One) => number) =>
    results.reduce((sum, one) => sum + pick(one), 0) / results.length;
  return {
    weights: ensembleRanks(results.map(({ weights }) => weights)),
    ranks: ensembleRanks(results.map(({ ranks }) => ranks)),
    loss: mean(({ loss }) => loss),
    accuracy: mean(({ accuracy }) => accuracy),
    steps: steps * results.length,
    macs: results.reduce((sum, { macs }) => sum + macs, 0),
  };
}
