/** The version of what computes, which logs name. */

/**
 * Raised when results change. 2: the `wasm` executor adds gradients up by reduction slots. 3: streams of
 * chance are named by 128 bits, and no logarithm or cosine of the host enters a log.
 */
export const ENGINE_VERSION = '3';

/**
 * What to tell whoever goes on with a log that another version began: results of the two differ as
 * rounding does. Empty for a new log and one of this version.
 */
export function otherVersionNote(
  what: 'run' | 'study',
  header: { readonly engineVersion: string } | null,
): string {
  if (!header || header.engineVersion === ENGINE_VERSION) return '';
  return `This ${what} was begun by version ${header.engineVersion} of the engine and goes on with version ${ENGINE_VERSION}: what is computed from here on is rounded in another way.`;
}
