/**
 * The k best of a list whose order has ties: how likely each is among them if ties are broken at
 * random. Every top-k measure is an expectation over those random orders, so no hidden order of the
 * architectures can favour a ranker.
 */
import { levelSizes, levels } from './levels.ts';

/** True if a top k of n exists: k is a whole number from 1 to n. */
export function isTop(k: number, n: number): boolean {
  return Number.isInteger(k) && k >= 1 && k <= n;
}

/**
 * Probability of each to be among the k largest: 1 above the border, 0 below it, and m/t for the t
 * that tie at the border for m places. Sums to k.
 * @param k Whole number, 1..n.
 */
export function membership(values: readonly number[], k: number): number[] {
  const known = levels(values);
  const sizes = levelSizes(known);
  const share = new Array<number>(known.count).fill(0);
  let places = k;
  for (let code = known.count - 1; code >= 0 && places > 0; code--) {
    const taken = Math.min(places, sizes[code]!);
    share[code] = taken / sizes[code]!;
    places -= taken;
  }
  return known.codes.map((code) => share[code]!);
}

/**
 * Expected largest `gain` among the k with the largest x. The t architectures that tie at the border
 * share its m places as a uniform draw without replacement: in descending order of gain, the j-th is
 * the best drawn with probability Π_{i<j} (t−m−i)/(t−i) · m/(t−j).
 * @param k Whole number, 1..n.
 */
export function expectedBest(x: readonly number[], gain: readonly number[], k: number): number {
  const inside = membership(x, k);
  const sure = gain.filter((_, i) => inside[i] === 1);
  const floor = sure.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const border = gain.filter((_, i) => inside[i]! > 0 && inside[i]! < 1).sort((a, b) => b - a);
  if (border.length === 0) return floor;
  const drawn = k - sure.length;
  let expectation = 0;
  let noneYet = 1;
  border.forEach((value, j) => {
    const chosen = Math.min(1, drawn / (border.length - j));
    expectation += noneYet * chosen * Math.max(value, floor);
    noneYet *= 1 - chosen;
  });
  return expectation;
}
