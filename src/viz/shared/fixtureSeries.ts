/** Series, weights and names that fixtures of several charts share: plausible, and the same each time. */
import { createRandom, type Random } from '../../core/random.ts';
import { clamp } from './geometry.ts';

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

export const fixtureRandom = (label: string): Random => createRandom(1, 'fixture', label);

/** Longer than any name that the lab gives, for rankers and architectures. */
export const LONG_NAME =
  'leave-one-out on held-out images, averaged over eight supernets of the variant without normalisation';

export const CLASS_NAMES = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const;

export interface LearningPoint {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** Loss that falls from ln 10 and accuracy that rises from a tenth, with the noise of batches. */
export function learning(label: string, count: number, every: number, from = 0): LearningPoint[] {
  const random = fixtureRandom(label);
  return times(count, (i) => {
    const done = i / Math.max(1, count - 1);
    return {
      step: from + (i + 1) * every,
      loss: Math.max(0.02, 2.3 * Math.exp(-1.3 * done) + 0.06 * random.normal()),
      accuracy: clamp(0.1 + 0.55 * (1 - Math.exp(-2.4 * done)) + 0.02 * random.normal(), 0, 1),
    };
  });
}

/** `count` weights that sum to 1; the sharper, the more one of them has. */
export function fixtureWeights(label: string, count: number, sharpness: number): number[] {
  const random = fixtureRandom(label);
  const powers = times(count, () => Math.exp(sharpness * random.normal()));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Places by value, the highest first: ties share their middle place. */
export function placesBy(values: readonly number[]): number[] {
  return values.map((value) => {
    const above = values.filter((other) => other > value).length;
    const equal = values.filter((other) => other === value).length;
    return above + (equal + 1) / 2;
  });
}
