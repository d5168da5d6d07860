/** Isotonic regression: the non-decreasing values that fit best in the least squares sense. */

interface Block {
  readonly sum: number;
  readonly count: number;
}

/**
 * Pools adjacent violators (Ayer et al. 1955).
 * @param values in the order of what they should rise with; ties there must be pooled before.
 * @returns as many values, non-decreasing, of the same mean.
 */
export function isotonic(values: readonly number[]): number[] {
  const blocks: Block[] = [];
  for (const value of values) {
    let block: Block = { sum: value, count: 1 };
    let before = blocks[blocks.length - 1];
    while (before && before.sum / before.count >= block.sum / block.count) {
      block = { sum: before.sum + block.sum, count: before.count + block.count };
      blocks.pop();
      before = blocks[blocks.length - 1];
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ sum, count }) => new Array<number>(count).fill(sum / count));
}
