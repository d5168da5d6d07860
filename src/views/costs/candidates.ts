/** How many candidates a region has, in short. */

/** `2 × 5` where every stage offers as many, else `5 + 3`. */
export function candidatesText(candidates: readonly number[]): string {
  const [first] = candidates;
  return candidates.every((count) => count === first)
    ? `${candidates.length} × ${first ?? 0}`
    : candidates.join(' + ');
}
