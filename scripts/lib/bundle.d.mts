/** Bundles `entry` (relative to the project) to `<name>.mjs` in the cache; returns its path. */
export function bundle(entry: string, name: string): Promise<string>;
/** The module at `entry` (relative to the project) as the only script of a page. */
export function bundlePage(entry: string): Promise<string>;
