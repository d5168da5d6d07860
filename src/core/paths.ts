/** Reading and changing plain data by dotted paths, without mutation. */

export type JsonRecord = { readonly [key: string]: unknown };

/** True for plain objects; lists are not. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at `space.vertices`; undefined if there is none. */
export function getPath(value: unknown, path: string): unknown {
  let here = value;
  for (const key of path.split('.')) {
    if (!isRecord(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return here;
}

/** A copy with the value at `path` replaced; missing parents are made. */
export function setPath(value: unknown, path: string, next: unknown): JsonRecord {
  const [key = '', ...rest] = path.split('.');
  const record = isRecord(value) ? value : {};
  const inner = Object.hasOwn(record, key) ? record[key] : undefined;
  return { ...record, [key]: rest.length === 0 ? next : setPath(inner, rest.join('.'), next) };
}

/** Paths of all leaves (lists and empty objects are leaves). */
export function leafPaths(value: unknown, prefix = ''): readonly string[] {
  if (!isRecord(value)) return [prefix];
  const keys = Object.keys(value);
  return keys.flatMap((key) => leafPaths(value[key], prefix ? `${prefix}.${key}` : key));
}

/** Merges records deeply; anything else, lists too, replaces. */
export function mergeDeep(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isRecord(base) || !isRecord(over)) return over;
  const merged: { [key: string]: unknown } = { ...base };
  for (const key of Object.keys(over)) {
    if (key !== '__proto__') merged[key] = mergeDeep(merged[key], over[key]);
  }
  return merged;
}

/** Edit distance, for “did you mean”. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The name closest to `name`; null if none is close. */
export function nearestName(name: string, names: readonly string[]): string | null {
  const leaf = (path: string) => path.slice(path.lastIndexOf('.') + 1);
  const cost = (other: string) =>
    Math.min(distance(name, other), distance(leaf(name), leaf(other)) + 1);
  const ranked = names.map((other) => ({ other, cost: cost(other) }));
  ranked.sort((a, b) => a.cost - b.cost);
  const best = ranked[0];
  return best && best.cost <= Math.max(2, name.length / 3) ? best.other : null;
}
