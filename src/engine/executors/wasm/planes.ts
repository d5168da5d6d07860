/**
 * Where images lie in the kernels' memory. A plane holds images one below the other, pixels as
 * [row][column][channel] with channels padded to 4. Each row ends with `pad` zero pixels and each
 * image with `pad` zero rows, which serve both neighbours: the right border of a row is the left
 * border of the next one. So a convolution needs no edge cases, and only the first image has a border
 * of its own above. Kernels write interiors only, so that borders stay zero.
 */
import {
  addressAfter,
  asAddress,
  asBytes,
  type ByteAddress,
  type Bytes,
  floatBytes,
  type PaddedChannels,
  type PlaneImage,
  repeated,
} from '../units.ts';
import { LONE_MEMBER, type TeamMember } from './teamMember.ts';

export interface Size {
  readonly height: number;
  readonly width: number;
  readonly pad: number;
}

export interface Plane extends Size {
  /** Address of pixel (0,0) of the first image. */
  readonly origin: ByteAddress;
  readonly channels: PaddedChannels;
  readonly imageBytes: Bytes;
}

/** Pixels that a block of a row may read beyond the last one. */
const SLACK = 8;

export const imageBytes = ({ height, width, pad }: Size, channels: PaddedChannels) =>
  floatBytes((height + pad) * (width + pad) * channels);

const rounded = (value: number) => Math.ceil(value / 16) * 16;

/**
 * Hands out addresses; clearing the memory is up to its owner. What is `own` is there once for each
 * member of a thread team, which all hand out the same addresses in the same order.
 */
export class Arena {
  private next: ByteAddress;
  private readonly member: Pick<TeamMember, 'index' | 'count'>;

  constructor(start: ByteAddress, member: Pick<TeamMember, 'index' | 'count'> = LONE_MEMBER) {
    this.next = asAddress(rounded(start));
    this.member = member;
  }

  get end(): ByteAddress {
    return this.next;
  }

  /** Room for a size at a multiple of 16. */
  take(size: Bytes): ByteAddress {
    const address = this.next;
    this.next = asAddress(address + rounded(size));
    return address;
  }

  /** The same, for this thread alone. */
  own(size: Bytes): ByteAddress {
    const { index, count } = this.member;
    const each = asBytes(rounded(size));
    return addressAfter(this.take(repeated(each, count)), each, index);
  }

  /** A plane of `images` images. */
  plane(size: Size, channels: PaddedChannels, images: number, own: boolean): Plane {
    const { height, width, pad } = size;
    const pixel = floatBytes(channels);
    const above = repeated(pixel, pad * (width + pad) + pad);
    const each = imageBytes(size, channels);
    const room = asBytes(above + images * each + (pad + SLACK) * pixel);
    const start = own ? this.own(room) : this.take(room);
    return { height, width, pad, channels, origin: addressAfter(start, above), imageBytes: each };
  }
}

/** Address of pixel (0,0) of an image. */
export const at = (plane: Plane, image: PlaneImage) =>
  addressAfter(plane.origin, plane.imageBytes, image);
