/**
 * Ranks: from what a supernet tells to numbers per stage and candidate, `[stage][candidate]`, higher
 * is better. The score of an architecture is the sum over its stages, so the best are found lazily
 * (`kBest`). Ranks are relative to their region: never compare or pool those of different regions.
 */
import { exp, log } from './elementary.ts';
import { LabError } from './errors.ts';
import { mean } from './stats/mean.ts';

/** Numbers per stage and candidate. */
export type StageTable = readonly (readonly number[])[];

/** How weights become the score of an architecture: product (sum of logarithms) or mean. */
export type Combination = 'product' | 'mean';

/** Weights below this count as this much, so that logarithms stay finite. */
const SMALLEST_WEIGHT = 1e-12;

/** Population variance; 0 for equal values. */
const variance = (values: readonly number[]) => {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
};

const mapTable = (table: StageTable, change: (x: number, s: number, i: number) => number) =>
  table.map((stage, s) => stage.map((x, i) => change(x, s, i)));

function checkSameShape(first: StageTable, second: StageTable): void {
  const same =
    first.length === second.length &&
    first.every((stage, s) => stage.length === second[s]!.length && stage.length > 0);
  if (!same) throw new LabError('internal', 'Tables of ranks differ in stages or candidates.');
}

/** Mean of tables of one shape. @throws LabError `internal` if there are none or shapes differ. */
function meanTable(tables: readonly StageTable[]): number[][] {
  const first = tables[0];
  if (!first) throw new LabError('internal', 'There is nothing to average.');
  for (const table of tables) checkSameShape(first, table);
  return mapTable(first, (_, s, i) => mean(tables.map((table) => table[s]![i]!)));
}

/**
 * Mean of the last third of a history of tables (at least one; ⌈T/3⌉ of T). For architecture weights
 * reported at equal distances it is the ᾱ that rankers read. (Our choice: last values are noisy.)
 * @throws LabError `internal` for an empty history.
 */
export function averageOverLastThird(history: readonly StageTable[]): number[][] {
  return meanTable(history.slice(history.length - Math.ceil(history.length / 3)));
}

/** A_{s,i} = ln ᾱ_{s,i}, weights floored at 1e-12. The FaDE ranks (arXiv 2404.16218). */
export function logWeights(weights: StageTable): number[][] {
  return mapTable(weights, (weight) => log(Math.max(weight, SMALLEST_WEIGHT)));
}

/**
 * Additive scores of weights. `product`: ln ᾱ, whose sum ranks as the product of the weights does.
 * `mean`: ᾱ / S, whose sum is the mean weight.
 */
export function weightScores(weights: StageTable, combination: Combination): number[][] {
  return combination === 'product'
    ? logWeights(weights)
    : mapTable(weights, (weight) => weight / weights.length);
}

/** Σ_s scores[s][choice[s]], summed in the order of the stages. */
export function choiceScore(scores: StageTable, choice: readonly number[]): number {
  return scores.reduce((sum, stage, s) => sum + stage[choice[s]!]!, 0);
}

/** (x − mean of its stage) / sqrt(Σ_s Var), zero if nothing varies. */
function standardised(table: StageTable): number[][] {
  const spread = Math.sqrt(table.reduce((sum, stage) => sum + variance(stage), 0));
  const means = table.map(mean);
  return mapTable(table, (x, s) => (spread > 0 ? (x - means[s]!) / spread : 0));
}

/**
 * R = (A − mean_i A)/σ_A + (P − mean_i P)/σ_P with σ = sqrt(Σ_s Var_i), population variances. A term
 * without variance counts 0. (Our option.)
 * @param logs A, e.g. from `logWeights`.
 * @param probe P_{s,i} = −cross-entropy with stage s one-hot on i, the other stages mixed.
 * @throws LabError `internal` if the shapes differ.
 */
export function combineProbe(logs: StageTable, probe: StageTable): number[][] {
  checkSameShape(logs, probe);
  const second = standardised(probe);
  return mapTable(standardised(logs), (x, s, i) => x + second[s]![i]!);
}

/** exp(x_i) / Σ exp(x), safe for large values. Empty in, empty out. */
export function softmax(values: readonly number[]): number[] {
  const top = Math.max(...values);
  const powers = values.map((value) => exp(value - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/**
 * Scores from cross-entropies measured with each candidate removed, centred in each stage: the more
 * the loss rises without a candidate, the better the candidate. (Our option.)
 */
export function leaveOneOutScores(crossEntropies: StageTable): number[][] {
  const means = crossEntropies.map(mean);
  return mapTable(crossEntropies, (loss, s) => loss - means[s]!);
}

/** Mean of the ranks of several supernets of the same region. */
export function ensembleRanks(ranks: readonly StageTable[]): number[][] {
  return meanTable(ranks);
}

/** Solves a symmetric positive definite system by Gaussian elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let r = column + 1; r < size; r++) {
      if (Math.abs(rows[r]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = r;
    }
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const lead = rows[column]!;
    for (let r = column + 1; r < size; r++) {
      const factor = rows[r]![column]! / lead[column]!;
      for (let c = column; c <= size; c++) rows[r]![c]! -= factor * lead[c]!;
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let r = size - 1; r >= 0; r--) {
    const known = solution.reduce((sum, x, c) => (c > r ? sum + rows[r]![c]! * x : sum), 0);
    solution[r] = (rows[r]![size]! - known) / rows[r]![r]!;
  }
  return solution;
}

/**
 * Scores from sampled paths: the least-squares fit loss ≈ c + Σ_s b_{s, path_s}, as −b centred in
 * each stage. A tiny ridge on b picks (almost) the solution of least norm where paths leave b open.
 * (Our option: it stands in for evaluating all k^S paths at a cost linear in S·k.)
 * @param paths `paths[m][s]`: the candidate of stage s on path m.
 * @param losses Cross-entropy of each path.
 * @param sizes Candidates of each stage; stages may differ.
 * @returns Scores `[stage][candidate]` of just these sizes.
 * @throws LabError `internal` without paths, or if paths, losses and stages do not fit together.
 */
export function sampledPathsFit(
  paths: readonly (readonly number[])[],
  losses: readonly number[],
  sizes: readonly number[],
): number[][] {
  const fits = (path: readonly number[]) =>
    path.length === sizes.length && path.every((candidate, s) => candidate < sizes[s]!);
  if (paths.length === 0 || paths.length !== losses.length || !paths.every(fits)) {
    throw new LabError('internal', 'Sampled paths and their losses do not fit together.');
  }
  const starts = sizes.map((_, s) => sizes.slice(0, s).reduce((a, b) => a + b, 0));
  const size = sizes.reduce((a, b) => a + b, 0);
  const rows = paths.map((path) => {
    const row = new Array<number>(size).fill(0);
    path.forEach((candidate, s) => {
      row[starts[s]! + candidate] = 1;
    });
    return row;
  });
  const columns = Array.from({ length: size }, (_, c) => {
    const column = rows.map((row) => row[c]!);
    const centre = mean(column);
    return column.map((x) => x - centre);
  });
  const centre = mean(losses);
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((t, x, m) => t + x * b[m]!, 0);
  const ridge = 1e-9 * paths.length;
  const normal = columns.map((a, i) => columns.map((b, j) => dot(a, b) + (i === j ? ridge : 0)));
  const right = columns.map((column) =>
    dot(
      column,
      losses.map((loss) => loss - centre),
    ),
  );
  const b = solve(normal, right);
  return sizes.map((k, s) => {
    const stage = b.slice(starts[s]!, starts[s]! + k);
    const middle = mean(stage);
    return stage.map((x) => middle - x);
  });
}
