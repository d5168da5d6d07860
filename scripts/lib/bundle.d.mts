/** Bundles `entry` (relative to the project) to `<name>.mjs` in the cache; returns its path. */
export function bundle(entry: string, name: string): Promise<string>;
