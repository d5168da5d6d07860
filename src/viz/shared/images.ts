/** Images as pixels for a canvas: bytes, shares or normalised values, enlarged without blur. */
import type { Size } from './chart.ts';

/** One image, rows first, channels last (1: grey, 3: red, green, blue). */
export interface ImageModel {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: ArrayLike<number>;
  /**
   * How the values were made: bytes 0..255, shares 0..1, or normalised with a mean and a standard
   * deviation a channel (both in shares).
   */
  readonly scale:
    | { readonly kind: 'byte' | 'unit' }
    | {
        readonly kind: 'normalised';
        readonly mean: readonly number[];
        readonly std: readonly number[];
      };
}

export interface Pixels extends Size {
  /** Height · width · 4 bytes, opaque. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** From a stored value to 0..255. */
function byteOf({ scale }: ImageModel, value: number, channel: number): number {
  if (scale.kind === 'normalised') {
    return 255 * (value * (scale.std[channel] ?? 1) + (scale.mean[channel] ?? 0));
  }
  return scale.kind === 'byte' ? value : 255 * value;
}

/**
 * RGBA of an image, every pixel repeated `factor` × `factor` times. One channel becomes grey; of more
 * than three the first three are taken. Values out of range are clamped.
 * @throws RangeError if the values are not height · width · channels many, or `factor` is no whole
 * number from 1 on.
 */
export function imagePixels(image: ImageModel, factor = 1): Pixels {
  const { height, width, channels, values } = image;
  if (values.length !== height * width * channels) {
    throw new RangeError(
      `An image of ${height}×${width}×${channels} has ${height * width * channels} values, not ${values.length}.`,
    );
  }
  if (!Number.isInteger(factor) || factor < 1) {
    throw new RangeError(`Images are enlarged by a whole number from 1 on, not ${factor}.`);
  }
  const outWidth = width * factor;
  const data = new Uint8ClampedArray(outWidth * height * factor * 4);
  for (let to = 0, y = 0; y < height * factor; y++) {
    const row = Math.floor(y / factor) * width;
    for (let x = 0; x < outWidth; x++) {
      const from = (row + Math.floor(x / factor)) * channels;
      for (let c = 0; c < 3; c++) {
        const channel = Math.min(c, channels - 1);
        data[to++] = byteOf(image, values[from + channel] ?? 0, channel);
      }
      data[to++] = 255;
    }
  }
  return { width: outWidth, height: height * factor, data };
}

/** Puts the image on a canvas at the largest whole factor that fits `side` pixels; at least 1. */
export function drawImage(canvas: HTMLCanvasElement, image: ImageModel, side: number): void {
  const factor = Math.max(1, Math.floor(side / Math.max(image.width, image.height)));
  const { width, height, data } = imagePixels(image, factor);
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
}
