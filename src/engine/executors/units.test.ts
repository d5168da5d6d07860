/** What the compiler refuses; `npm run types` fails if it no longer does. */
import { expect, test } from 'vitest';
import {
  addressAfter,
  asAddress,
  asFloatOffset,
  asGradientSlot,
  asPlanOffset,
  asReductionSlot,
  asSlabSlot,
  asVectorOffset,
  type ByteAddress,
  blocksOf,
  type ChannelBlocks,
  doubleBytes,
  FIRST_IMAGE,
  type FloatOffset,
  floatBytes,
  floatIndex,
  type GradientSlot,
  inFloats,
  type PaddedChannels,
  type PlaneImage,
  paddedChannels,
  parameterAt,
} from './units.ts';

const address = (value: ByteAddress): number => value;
const offset = (value: FloatOffset): number => value;
const padded = (value: PaddedChannels): number => value;
const blocks = (value: ChannelBlocks): number => value;
const image = (value: PlaneImage): number => value;
const gradient = (value: GradientSlot): number => value;

const start = asAddress(64);
const weight = asFloatOffset(3);

test('a mix-up of units does not compile', () => {
  // @ts-expect-error An offset in floats is no address.
  address(weight);
  // @ts-expect-error Added to one, it is none either: an offset counts floats, an address bytes.
  address(start + weight);
  // @ts-expect-error The address of a vector comes first.
  parameterAt(weight, start);
  // @ts-expect-error A size in bytes is not a number of floats.
  addressAfter(start, 12);
  // @ts-expect-error The plan's vector is not padded.
  offset(asPlanOffset(3));
  // @ts-expect-error The GPU's offsets count vectors of four.
  offset(asVectorOffset(3));
  // @ts-expect-error Kernels take padded channels.
  padded(5);
  // @ts-expect-error Blocks of four channels are not channels.
  padded(blocksOf(5));
  // @ts-expect-error Channels are not blocks of four.
  blocks(paddedChannels(5));
  // @ts-expect-error A reduction slot says nothing about where images lie.
  image(asReductionSlot(1));
  // @ts-expect-error Activations and gradients lie in slabs of their own.
  gradient(asSlabSlot(2));
  expect([image(FIRST_IMAGE), gradient(asGradientSlot(2))]).toEqual([0, 2]);
});

test('conversions', () => {
  expect(addressAfter(start, floatBytes(3), 2)).toBe(88);
  expect(parameterAt(start, weight)).toBe(76);
  expect(floatIndex(parameterAt(start, weight))).toBe(19);
  expect(doubleBytes(2)).toBe(16);
  expect([0, 1, 4, 5].map(paddedChannels)).toEqual([0, 4, 4, 8]);
  expect([0, 1, 4, 5].map(blocksOf)).toEqual([0, 1, 1, 2]);
  expect(inFloats(asVectorOffset(3))).toBe(12);
});
