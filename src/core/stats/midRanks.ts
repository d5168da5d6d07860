/** Ranks in which ties share the average of the places they take. */
import { type Levels, levelSizes, levels } from './levels.ts';

/** Mid-rank of each level, from the numbers of members per level: 1 is the smallest. */
export function midRanksOfSizes(sizes: readonly number[]): number[] {
  let below = 0;
  return sizes.map((size) => {
    const rank = below + (size + 1) / 2;
    below += size;
    return rank;
  });
}

/** Mid-ranks from levels that are known already. */
export function midRanksOf(known: Levels): number[] {
  const ranks = midRanksOfSizes(levelSizes(known));
  return known.codes.map((code) => ranks[code]!);
}

/** Mid-ranks, 1 = smallest; equal values (see `levels`) get the mean of their places. */
export function midRanks(values: readonly number[]): number[] {
  return midRanksOf(levels(values));
}
