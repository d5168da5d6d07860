/**
 * Convolution over planes (see `../planes.ts` for the layout). The weights come packed as
 * [co/4][row of taps][ci][tap][4], so that the inner loop reads them in a row. An accumulator holds
 * four output channels of one pixel; a block holds as many pixels of a row as suit its width.
 */
import { block4, block7, block8 } from './blocks';

/**
 * y (= | +=) act(conv(x, w) + bias) for `images` images of height × width. `x` and `y` point to
 * pixel (0,0) of the first image; `pad` is the zero border, of which the kernel may use a part.
 * `bias` and `reluBits` may be 0. `mode`: 1 adds to y, 2 is ReLU.
 */
export function convolve(
  x: usize,
  w: usize,
  bias: usize,
  y: usize,
  reluBits: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  ci: usize,
  co: usize,
  kernel: i32,
  mode: i32,
): void {
  if (!pad) {
    // Without borders the pixels of all images lie in one row.
    width *= height * images;
    height = 1;
    images = 1;
  }
  const reach = <usize>(kernel >> 1);
  const row = <usize>(width + pad) * (ci << 2);
  const rowOut = <usize>(width + pad) * (co << 2);
  const image = <usize>(height + pad) * row;
  const imageOut = <usize>(height + pad) * rowOut;
  const wide = width <= 4 ? 4 : ((width + 6) / 7) * 7 < ((width + 7) / 8) * 8 ? 7 : 8;
  const blockBytes = <usize>(kernel * kernel) * (ci << 4);
  const reluRow = <usize>width * (co >> 2);
  x -= reach * (row + (ci << 2));
  for (let b = 0; b < images; b++) {
    for (let c: usize = 0; c < co; c += 4) {
      const weights = w + (c >> 2) * blockBytes;
      const start = bias ? v128.load(bias + (c << 2)) : f32x4.splat(0);
      for (let v = 0; v < height; v++) {
        const from = x + <usize>b * image + <usize>v * row;
        const to = y + <usize>b * imageOut + <usize>v * rowOut + (c << 2);
        const bits = reluBits ? reluBits + <usize>(b * height + v) * reluRow + (c >> 2) : 0;
        for (let u = 0; u < width; u += wide) {
          const n = min(width - u, wide);
          const xAt = from + <usize>u * (ci << 2);
          const yAt = to + <usize>u * (co << 2);
          const reluAt = reluBits ? bits + <usize>u * (co >> 2) : 0;
          if (n <= 4) {
            block4(xAt, weights, start, yAt, reluAt, n, ci, co, row, kernel, mode);
          } else if (wide === 7) {
            block7(xAt, weights, start, yAt, reluAt, n, ci, co, row, kernel, mode);
          } else {
            block8(xAt, weights, start, yAt, reluAt, n, ci, co, row, kernel, mode);
          }
        }
      }
    }
  }
}
