/** What is known of the truth itself: means, spread, noise, failures. */
import { LabError } from '../errors.ts';
import { createRandom } from '../random.ts';
import { mean, meanOfKnown, reliability, standardDeviation } from '../stats/index.ts';
import type { AnalysisOptions, TruthTable } from './analysisInput.ts';
import { stageEffects } from './analysisStages.ts';
import type { TruthAnalysis, TruthStatus } from './analysisTypes.ts';
import { FEWEST_ARCHITECTURES } from './config.ts';

/** Accuracy this close to guessing tells nothing of the cell. */
const CHANCE_MARGIN = 0.02;

/**
 * A training that diverged fails its architecture, whatever its other seeds reached: their mean
 * would be that of the lucky ones.
 */
function statusOf(row: readonly (number | null)[]): TruthStatus {
  if (row.length === 0) return 'unmeasured';
  return row.every((value) => value !== null && Number.isFinite(value)) ? 'measured' : 'failed';
}

/** How many architectures take part in the statistics: measured or failed. */
export function comparableCount({ accuracies }: TruthTable): number {
  return accuracies.filter((row) => row.length > 0).length;
}

function checkTable(table: TruthTable, options: AnalysisOptions): void {
  const { architectures, choices, accuracies, losses } = table;
  if ([choices, accuracies, losses, options.flops].some((l) => l.length !== architectures.length)) {
    throw new LabError('internal', 'The lists of a truth table differ in length.');
  }
  const n = comparableCount(table);
  if (n >= FEWEST_ARCHITECTURES) return;
  throw new LabError(
    'usage',
    `A rank correlation needs at least ${FEWEST_ARCHITECTURES} architectures trained alone, and there ${n === 1 ? 'is 1' : `are ${n}`}. Train more of them.`,
    { architectures: n, bound: FEWEST_ARCHITECTURES },
  );
}

function halvesOf(row: readonly number[]): readonly [number, number] | null {
  if (row.length < 2) return null;
  return [mean(row.filter((_, s) => s % 2 === 0)), mean(row.filter((_, s) => s % 2 === 1))];
}

/** Noise of one training: over seeds if there are any two, else of counting test images. */
function noiseOf(
  seedStd: number | null,
  accuracies: readonly number[],
  testImages: number | null,
): TruthAnalysis['noise'] {
  if (seedStd !== null) return { std: seedStd, source: 'seeds' };
  if (testImages === null || accuracies.length === 0) return null;
  const p = mean(accuracies);
  return { std: Math.sqrt((p * (1 - p)) / testImages), source: 'test-images' };
}

/** 2·√2·σ / √m, with the harmonic mean of the numbers of seeds for m. */
function deltaOf(noise: TruthAnalysis['noise'], seeds: readonly number[]): number | null {
  if (!noise || seeds.length === 0) return null;
  return 2 * Math.SQRT2 * noise.std * Math.sqrt(mean(seeds.map((m) => 1 / m)));
}

/**
 * @throws LabError `usage` if fewer than three architectures are measured, `internal` if the lists
 *   do not fit together.
 */
export function analyseTruth(table: TruthTable, options: AnalysisOptions): TruthAnalysis {
  checkTable(table, options);
  const { architectures, choices, accuracies, losses, failures } = table;
  const status = accuracies.map(statusOf);
  const numbers = (rows: TruthTable['accuracies']): number[][] =>
    rows.map((row, n) => (status[n] === 'measured' ? row.filter((x) => x !== null) : []));
  const known = numbers(accuracies);
  const knownLosses = numbers(losses);
  const means = known.map(meanOfKnown);
  const all = means.filter((x) => x !== null);
  const figures = reliability(known, createRandom(options.seed, 'split-half'));
  const noise = noiseOf(figures.seedStd, all, options.testImages);
  const floor = all.reduce((low, x) => Math.min(low, x), options.chance);
  const values = status.map((one, n) => (one === 'failed' ? floor : means[n]!));
  return {
    architectures,
    choices,
    accuracies,
    losses,
    status,
    mean: means,
    meanLoss: knownLosses.map(meanOfKnown),
    std: known.map(standardDeviation),
    seeds: accuracies.map((row) => row.length),
    halves: known.map(halvesOf),
    n: comparableCount(table),
    failed: architectures.filter((_, n) => status[n] === 'failed'),
    failures,
    atChance: architectures.filter(
      (_, n) => means[n] !== null && means[n]! <= options.chance + CHANCE_MARGIN,
    ),
    ...figures,
    noise,
    delta: deltaOf(
      noise,
      known.map((row) => row.length).filter((m) => m > 0),
    ),
    floor,
    stages: stageEffects(choices, values),
  };
}
