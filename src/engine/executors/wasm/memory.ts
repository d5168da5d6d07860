/** The fixed part of an executor's memory: vectors of parameters, alpha, and small scratch. */
import type { Plan } from '../../../core/schedule.ts';
import { type ParameterLayout, padded } from './parameters.ts';
import { Arena } from './planes.ts';

/** Addresses; vectors of parameters are `layout.size` floats, in the padded layout. */
export interface Addresses {
  readonly weights: number;
  readonly gradient: number;
  readonly m: number;
  readonly v: number;
  /** Filters packed for the way forward and back. */
  readonly forward: number;
  readonly backward: number;
  /** Σk floats, padded to 4. */
  readonly alpha: number;
  readonly alphaGradient: number;
  readonly alphaM: number;
  readonly alphaV: number;
  /** One float a channel of the widest stage, all zero. */
  readonly zeros: number;
  /** Start of the planes. */
  readonly end: number;
}

/** The first bytes stay free, so that 0 can say "none". */
const RESERVED = 64;

export function addressesOf(plan: Plan, layout: ParameterLayout, alphas: number): Addresses {
  const arena = new Arena(RESERVED);
  const vector = () => arena.take(layout.size * 4);
  const small = () => arena.take(padded(alphas) * 4);
  const channels = Math.max(...plan.stages.map(({ shape }) => padded(shape.channels)));
  return {
    weights: vector(),
    gradient: vector(),
    m: vector(),
    v: vector(),
    forward: vector(),
    backward: vector(),
    alpha: small(),
    alphaGradient: small(),
    alphaM: small(),
    alphaV: small(),
    zeros: arena.take(channels * 4),
    end: arena.end,
  };
}
