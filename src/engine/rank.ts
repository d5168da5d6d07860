/**
 * Inner search of one region: trains the supernet (or an ensemble of them), then ranks. Yields
 * progress; the last thing it yields is the result.
 */

import { createRandom } from '../core/random.ts';
import { ensembleRanks, type StageTable } from '../core/ranks.ts';
import type { RunConfig } from '../core/run/config.ts';
import type { ExecutorPreference } from '../core/run/executors.ts';
import type { Plan } from '../core/schedule.ts';
import type { Executor, ExecutorState, StepStatistics } from './executors/executor.ts';
import { rankerById } from './rankers/registry.ts';
import { createSupernet, type Gate, type TrainingReport, trainSupernet } from './supernet.ts';
import { EVALUATION_BATCH, type Task } from './task.ts';

/** A supernet in the middle of training, for checkpoints. */
export interface Training {
  readonly generation: number;
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
  readonly onTraining: (training: Training | null) => void;
  readonly resume: Interruption | null;
  readonly executor: ExecutorPreference;
}

export interface Ranking {
  /** Averaged architecture weights, `[stage][candidate]`, mean over the supernets. */
  readonly weights: StageTable;
  readonly ranks: StageTable;
  /** Validation loss (nats) and accuracy of the mixed supernet, mean over the supernets. */
  readonly loss: number;
  readonly accuracy: number;
  readonly steps: number;
}

export type RankingStep =
  | { readonly kind: 'progress'; readonly supernet: number; readonly report: TrainingReport }
  | { readonly kind: 'ranked'; readonly ranking: Ranking };

type One = Omit<Ranking, 'steps'>;

async function readOut(
  context: RankingContext,
  supernet: number,
  executor: Executor,
  report: StepStatistics,
): Promise<One> {
  const { config, task, generation, gate, plan } = context;
  const weights = config.ranker.weights === 'averaged' ? report.averaged : report.weights;
  const batches = task.validationBatches(EVALUATION_BATCH);
  const evaluate = (mixtures: readonly StageTable[]) => executor.evaluate(batches, mixtures, gate);
  const ranks = await rankerById(config.ranker.id).rank({
    plan,
    options: config.ranker,
    weights,
    evaluate,
    random: createRandom(config.search.seed, 'ranker', generation, supernet),
  });
  const [mixed] = await evaluate([weights]);
  return { weights, ranks, loss: mixed?.loss ?? Number.NaN, accuracy: mixed?.accuracy ?? 0 };
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
        onTraining({ generation, supernet, step: done, executor });
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
        await readOut(context, supernet, executor, last ?? (await executor.statistics())),
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
  };
}
