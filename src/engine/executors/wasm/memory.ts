/** The fixed part of an executor's memory: vectors of parameters, alpha, and small scratch. */
import type { Plan } from '../../../core/schedule.ts';
import { asAddress, type ByteAddress, floatBytes, paddedChannels } from '../units.ts';
import type { ParameterLayout } from './parameters.ts';
import { Arena } from './planes.ts';

/** Addresses; vectors of parameters are `layout.size` floats, in the padded layout. */
export interface Addresses {
  readonly weights: ByteAddress;
  readonly gradient: ByteAddress;
  readonly m: ByteAddress;
  readonly v: ByteAddress;
  /** Filters packed for the way forward and back. */
  readonly forward: ByteAddress;
  readonly backward: ByteAddress;
  /** Σk floats, padded to 4. */
  readonly alpha: ByteAddress;
  readonly alphaGradient: ByteAddress;
  readonly alphaM: ByteAddress;
  readonly alphaV: ByteAddress;
  /** One float a channel of the widest stage, all zero. */
  readonly zeros: ByteAddress;
  /** Start of the planes. */
  readonly end: ByteAddress;
}

/** The first bytes stay free, so that 0 can say "none". */
const RESERVED = asAddress(64);

export function addressesOf(plan: Plan, layout: ParameterLayout, alphas: number): Addresses {
  const arena = new Arena(RESERVED);
  const vector = () => arena.take(floatBytes(layout.size));
  const small = () => arena.take(floatBytes(paddedChannels(alphas)));
  const channels = Math.max(...plan.stages.map(({ shape }) => paddedChannels(shape.channels)));
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
    zeros: arena.take(floatBytes(channels)),
    end: arena.end,
  };
}
