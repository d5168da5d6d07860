/**
 * Seeded, splittable randomness. A generator is named by a seed and a path of labels, so that every
 * purpose ("generation 3, batch order") has its own stream: nothing depends on what ran before, and
 * a run resumes by naming the same stream again. Xoroshiro128+ from pure-rand underneath; its whole state
 * is the name's hash, so that two of a run's many streams do not meet by chance.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { cos, log } from './elementary.ts';

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

/** Four 32-bit words of the SHA-256 of the seed and the labels. */
function stateOf(seed: number, labels: readonly Label[]): number[] {
  const digest = sha256(utf8ToBytes([seed, ...labels].join('\u0000')));
  const words = new DataView(digest.buffer, digest.byteOffset);
  return [0, 4, 8, 12].map((offset) => words.getInt32(offset, true));
}

/** A generator for one purpose. Same seed and labels: same stream. `seed` is any integer. */
export function createRandom(seed: number, ...labels: readonly Label[]): Random {
  const generator = xoroshiro128plusFromState(stateOf(seed, labels));
  const uniform = () => uniformFloat64(generator);
  const integer = (below: number) => uniformInt(generator, 0, below - 1);
  /** Never 0, so that logarithms stay finite. */
  const open = () => 1 - uniform();
  return {
    uniform,
    integer,
    normal: () => Math.sqrt(-2 * log(open())) * cos(2 * Math.PI * uniform()),
    gumbel: () => -log(-log(Math.min(open(), 1 - 2 ** -53))),
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
