/** Thins long series for drawing: min and max of each bucket stay, so that no spike is lost. */
export function downsample<T>(
  points: readonly T[],
  limit: number,
  values: readonly ((point: T) => number)[],
): readonly T[] {
  if (points.length <= limit) return points;
  const perBucket = 2 * values.length;
  const buckets = Math.max(1, Math.floor((limit - 2) / perBucket));
  const inner = points.length - 2;
  const kept = new Set<number>([0, points.length - 1]);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = 1 + Math.floor((bucket * inner) / buckets);
    const to = 1 + Math.floor(((bucket + 1) * inner) / buckets);
    for (const value of values) {
      let low = from;
      let high = from;
      for (let i = from; i < to; i++) {
        const here = points[i];
        const lowest = points[low];
        const highest = points[high];
        if (here === undefined || lowest === undefined || highest === undefined) continue;
        if (value(here) < value(lowest)) low = i;
        if (value(here) > value(highest)) high = i;
      }
      if (from < to) kept.add(low).add(high);
    }
  }
  return [...kept]
    .sort((a, b) => a - b)
    .flatMap((index) => {
      const point = points[index];
      return point === undefined ? [] : [point];
    });
}
