/**
 * Seeded, splittable randomness. A generator is named by a seed and a path of labels, so that every
 * purpose ("generation 3, batch order") has its own stream: nothing depends on what ran before, and
 * a run resumes by naming the same stream again. Xoroshiro128+ from pure-rand underneath.
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform integer in [0, below). `below` ≥ 1. */
  integer(below: number): number;
  /** Standard normal (Box–Muller, one value a call). */
  normal(): number;
  /** Standard Gumbel: −ln(−ln U). */
  gumbel(): number;
  /** True with probability `p`. */
  bernoulli(p: number): boolean;
  /** A new array with the same members in random order (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[];
}

type Label = string | number;

/** 32-bit FNV-1a over the seed and the labels, with a final avalanche (murmur3 fmix32). */
function hashPath(seed: number, labels: readonly Label[]): number {
  let hash = 0x811c9dc5;
  for (const character of `${seed}\u0000${labels.join('\u0000')}`) {
    hash ^= character.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

/** A generator for one purpose. Same seed and labels: same stream. `seed` is any integer. */
export function createRandom(seed: number, ...labels: readonly Label[]): Random {
  const generator = xoroshiro128plus(hashPath(seed, labels));
  const uniform = () => uniformFloat64(generator);
  const integer = (below: number) => uniformInt(generator, 0, below - 1);
  /** Never 0, so that logarithms stay finite. */
  const open = () => 1 - uniform();
  return {
    uniform,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(open())) * Math.cos(2 * Math.PI * uniform()),
    gumbel: () => -Math.log(-Math.log(Math.min(open(), 1 - 2 ** -53))),
    bernoulli: (p) => uniform() < p,
    shuffle: <T>(items: readonly T[]): T[] => {
      const result = [...items];
      for (let i = result.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const moved = result[i] as T;
        result[i] = result[j] as T;
        result[j] = moved;
      }
      return result;
    },
  };
}
