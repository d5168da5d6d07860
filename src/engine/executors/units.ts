/**
 * Numbers that say what they count. While the program runs they are plain numbers; the compiler keeps
 * them apart, so that an offset in floats cannot go where an address in bytes belongs. Arithmetic makes
 * plain numbers of them, which nobody takes for a unit again: the conversions there are stand here.
 */
declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]: Name };

/** Where something begins in the memory of the WebAssembly kernels. */
export type ByteAddress = Unit<'byte address'>;
/** A size in bytes. */
export type Bytes = Unit<'bytes'>;
/** Floats from the start of a vector of parameters, with channels padded. */
export type FloatOffset = Unit<'float offset'>;
/** Four-vectors from the start of a vector of parameters on the GPU. */
export type VectorOffset = Unit<'vector offset'>;
/** Floats from the start of a plan's flat vector, nothing padded. */
export type PlanOffset = Unit<'plan offset'>;
/** Channels, or classes, padded to a multiple of 4. */
export type PaddedChannels = Unit<'padded channels'>;
/** Blocks of four channels. */
export type ChannelBlocks = Unit<'channel blocks'>;
/** Index of an image in a plane, which need not be that in the batch. */
export type PlaneImage = Unit<'image of a plane'>;
/** Index of one of the sums that a batch is added up in; see `wasm/reductionSlots.ts`. */
export type ReductionSlot = Unit<'reduction slot'>;
/** Slot of a stage's slab of activations on the GPU; see `webgpu/layout.ts`. */
export type SlabSlot = Unit<'slab slot'>;
/** Slot of the slab of gradients. */
export type GradientSlot = Unit<'gradient slot'>;

export const asAddress = (value: number) => value as ByteAddress;
export const asBytes = (value: number) => value as Bytes;
export const asFloatOffset = (value: number) => value as FloatOffset;
export const asVectorOffset = (value: number) => value as VectorOffset;
export const asPlanOffset = (value: number) => value as PlanOffset;
export const asPlaneImage = (value: number) => value as PlaneImage;
export const asReductionSlot = (value: number) => value as ReductionSlot;
export const asSlabSlot = (value: number) => value as SlabSlot;
export const asGradientSlot = (value: number) => value as GradientSlot;

/** Channels are padded to multiples of this; the padding stays zero. */
export const BLOCK = 4;
export const paddedChannels = (channels: number) =>
  (Math.ceil(channels / BLOCK) * BLOCK) as PaddedChannels;
export const blocksOf = (channels: number) => Math.ceil(channels / BLOCK) as ChannelBlocks;
export const asChannelBlocks = (value: number) => value as ChannelBlocks;

/** No address: kernels leave out what has none. */
export const NOWHERE = asAddress(0);
export const FIRST_IMAGE = asPlaneImage(0);

const FLOAT = 4;
const DOUBLE = 8;
export const floatBytes = (floats: number) => asBytes(floats * FLOAT);
export const doubleBytes = (doubles: number) => asBytes(doubles * DOUBLE);
/** Words of 32 bits. */
export const wordBytes = floatBytes;
/** Vectors of four floats. */
export const vectorBytes = (vectors: number) => floatBytes(4 * vectors);
/** `count` times a size. */
export const repeated = (size: Bytes, count: number) => asBytes(size * count);

/** The address behind `count` things of a size. */
export const addressAfter = (start: ByteAddress, size: Bytes, count = 1) =>
  asAddress(start + count * size);
export const bytesBetween = (start: ByteAddress, end: ByteAddress) => asBytes(end - start);
/** The address of a parameter in the vector that begins at `vector`. */
export const parameterAt = (vector: ByteAddress, offset: FloatOffset) =>
  asAddress(vector + offset * FLOAT);

/** Index into a view of the memory as floats, and as doubles. */
export const floatIndex = (address: ByteAddress) => address / FLOAT;
export const doubleIndex = (address: ByteAddress) => address / DOUBLE;

/** The same offset on the GPU, counted in floats. */
export const inFloats = (vectors: VectorOffset) => asFloatOffset(vectors * 4);
