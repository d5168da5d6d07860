/** Rank correlation beyond what a third quantity explains, e.g. size. */
import { levels } from './levels.ts';
import { mean } from './mean.ts';
import { midRanks } from './midRanks.ts';
import { checkPaired, pearson } from './pearson.ts';

/** Shares of variance below this are what rounding leaves of nothing. */
const EXPLAINED = 1e-12;

/**
 * Partial Spearman ρ of x and y given z, −1..1: all three as mid-ranks, x and y each regressed on z,
 * their residuals correlated. It shows whether a ranker knows more than z, e.g. log FLOPs (any
 * increasing function of FLOPs gives the same). A constant z explains nothing: plain ρ.
 * @returns null for fewer than three, if x or y is constant, or if z explains either entirely.
 * @throws LabError `internal` if the lists differ in length.
 */
export function partialSpearman(
  x: readonly number[],
  y: readonly number[],
  z: readonly number[],
): number | null {
  checkPaired(x, y);
  checkPaired(x, z);
  if (x.length < 3 || levels(x).count < 2 || levels(y).count < 2) return null;
  const known = centred(midRanks(z));
  const restX = residuals(centred(midRanks(x)), known);
  const restY = residuals(centred(midRanks(y)), known);
  return restX && restY ? pearson(restX, restY) : null;
}

function centred(values: readonly number[]): number[] {
  const centre = mean(values);
  return values.map((value) => value - centre);
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** What regression on `known` leaves of `values` (both centred); null if nothing. */
function residuals(values: readonly number[], known: readonly number[]): number[] | null {
  const slope = dot(known, known) === 0 ? 0 : dot(values, known) / dot(known, known);
  const rest = values.map((value, i) => value - slope * known[i]!);
  return dot(rest, rest) > EXPLAINED * dot(values, values) ? rest : null;
}
