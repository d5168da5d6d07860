/**
 * Where images lie in the kernels' memory. A plane holds images one below the other, pixels as
 * [row][column][channel] with channels padded to 4. Each row ends with `pad` zero pixels and each
 * image with `pad` zero rows, which serve both neighbours: the right border of a row is the left
 * border of the next one. So a convolution needs no edge cases, and only the first image has a border
 * of its own above. Kernels write interiors only, so that borders stay zero.
 */
import { LONE_MEMBER, type TeamMember } from './teamMember.ts';

export interface Size {
  readonly height: number;
  readonly width: number;
  readonly pad: number;
}

export interface Plane extends Size {
  /** Address of pixel (0,0) of the first image. */
  readonly origin: number;
  /** Padded to a multiple of 4. */
  readonly channels: number;
  readonly imageBytes: number;
}

/** Pixels that a block of a row may read beyond the last one. */
const SLACK = 8;

export const imageBytes = ({ height, width, pad }: Size, channels: number) =>
  (height + pad) * (width + pad) * channels * 4;

const rounded = (bytes: number) => Math.ceil(bytes / 16) * 16;

/**
 * Hands out addresses; clearing the memory is up to its owner. What is `own` is there once for each
 * member of a thread team, which all hand out the same addresses in the same order.
 */
export class Arena {
  private next: number;
  private readonly member: Pick<TeamMember, 'index' | 'count'>;

  constructor(start: number, member: Pick<TeamMember, 'index' | 'count'> = LONE_MEMBER) {
    this.next = rounded(start);
    this.member = member;
  }

  get end(): number {
    return this.next;
  }

  /** `bytes` bytes at a multiple of 16. */
  take(bytes: number): number {
    const at = this.next;
    this.next = at + rounded(bytes);
    return at;
  }

  /** The same, for this thread alone. */
  own(bytes: number): number {
    const { index, count } = this.member;
    const each = rounded(bytes);
    return this.take(count * each) + index * each;
  }

  /** A plane of `images` images. */
  plane(size: Size, channels: number, images: number, own: boolean): Plane {
    const { height, width, pad } = size;
    const pixel = channels * 4;
    const above = (pad * (width + pad) + pad) * pixel;
    const each = imageBytes(size, channels);
    const bytes = above + images * each + (pad + SLACK) * pixel;
    const start = own ? this.own(bytes) : this.take(bytes);
    return { height, width, pad, channels, origin: start + above, imageBytes: each };
  }
}

/** Address of pixel (0,0) of an image. */
export const at = (plane: Plane, image: number) => plane.origin + image * plane.imageBytes;
