/** What the order of the evaluations tells: the best so far, who came from whom, who is an ancestor. */
import type { EvaluationMark } from './model.ts';

/** Best accuracy up to and with each evaluation; null as long as every training diverged. */
export function bestSoFar(evaluations: readonly EvaluationMark[]): readonly (number | null)[] {
  let best: number | null = null;
  return evaluations.map(({ accuracy }) => {
    if (accuracy !== null && (best === null || accuracy > best)) best = accuracy;
    return best;
  });
}

/** A child and one of its parents, as indices of evaluations; the parent is the earlier one. */
export interface Descent {
  readonly child: number;
  readonly parent: number;
}

/** For each parent of a child, its latest evaluation before the child; none if it has no such. */
export function descents(evaluations: readonly EvaluationMark[]): readonly Descent[] {
  const latest = new Map<string, number>();
  return evaluations.flatMap(({ id, parents }, child) => {
    const found = [...new Set(parents)].flatMap((one): Descent[] => {
      const parent = latest.get(one);
      return parent === undefined ? [] : [{ child, parent }];
    });
    latest.set(id, child);
    return found;
  });
}

/** An evaluation with all that it descends from; none for null or for one that there is not. */
export function familyOf(
  selected: number | null,
  evaluations: readonly EvaluationMark[],
): ReadonlySet<number> {
  if (selected === null || !evaluations[selected]) return new Set();
  const family = new Set([selected]);
  // From the last child on: when a parent is met, all of its children have been.
  for (const { child, parent } of [...descents(evaluations)].reverse()) {
    if (family.has(child)) family.add(parent);
  }
  return family;
}
