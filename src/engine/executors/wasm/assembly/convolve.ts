/**
 * Convolution over planes (see `../planes.ts` for the layout). The weights come packed as
 * [co/4][row of taps][ci][tap][4], so that the inner loop reads them in a row. An accumulator holds
 * four output channels of one pixel; eight (or seven, or four) pixels of a row are computed at once,
 * so that each input value is read once and used for every tap of the row.
 */

/** Modes of the epilogue, added up. */
const ADD = 1;
const RELU = 2;

function fma(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** The end of a pixel: ReLU and its mask, one byte for four channels; set or add. */
function finish(sum: v128, y: usize, mask: usize, mode: i32): void {
  const zero = f32x4.splat(0);
  if (mask) store<u8>(mask, <u8>i32x4.bitmask(f32x4.gt(sum, zero)));
  let value = mode & RELU ? f32x4.pmax(zero, sum) : sum;
  if (mode & ADD) value = f32x4.add(v128.load(y), value);
  v128.store(y, value);
}

/** Eight pixels × four channels; `n` of the pixels are kept. */
function block8(
  x: usize,
  w: usize,
  start: v128,
  y: usize,
  mask: usize,
  n: i32,
  ci: usize,
  co: usize,
  row: usize,
  kernel: i32,
  mode: i32,
): void {
  const step = ci << 2;
  let a0 = start;
  let a1 = start;
  let a2 = start;
  let a3 = start;
  let a4 = start;
  let a5 = start;
  let a6 = start;
  let a7 = start;
  for (let dy = 0; dy < kernel; dy++) {
    const end = x + step;
    for (let at = x; at < end; at += 4) {
      let p = at;
      let tap = 0;
      if (kernel > 1) {
        const w0 = v128.load(w);
        const w1 = v128.load(w, 16);
        const w2 = v128.load(w, 32);
        w += 48;
        let s = v128.load32_splat(p);
        a0 = fma(a0, s, w0);
        s = v128.load32_splat((p += step));
        a0 = fma(a0, s, w1);
        a1 = fma(a1, s, w0);
        s = v128.load32_splat((p += step));
        a0 = fma(a0, s, w2);
        a1 = fma(a1, s, w1);
        a2 = fma(a2, s, w0);
        s = v128.load32_splat((p += step));
        a1 = fma(a1, s, w2);
        a2 = fma(a2, s, w1);
        a3 = fma(a3, s, w0);
        s = v128.load32_splat((p += step));
        a2 = fma(a2, s, w2);
        a3 = fma(a3, s, w1);
        a4 = fma(a4, s, w0);
        s = v128.load32_splat((p += step));
        a3 = fma(a3, s, w2);
        a4 = fma(a4, s, w1);
        a5 = fma(a5, s, w0);
        s = v128.load32_splat((p += step));
        a4 = fma(a4, s, w2);
        a5 = fma(a5, s, w1);
        a6 = fma(a6, s, w0);
        s = v128.load32_splat((p += step));
        a5 = fma(a5, s, w2);
        a6 = fma(a6, s, w1);
        a7 = fma(a7, s, w0);
        s = v128.load32_splat((p += step));
        a6 = fma(a6, s, w2);
        a7 = fma(a7, s, w1);
        s = v128.load32_splat((p += step));
        a7 = fma(a7, s, w2);
        tap = 3;
      }
      for (; tap < kernel; tap++) {
        const w0 = v128.load(w);
        w += 16;
        p = at + <usize>tap * step;
        a0 = fma(a0, v128.load32_splat(p), w0);
        a1 = fma(a1, v128.load32_splat((p += step)), w0);
        a2 = fma(a2, v128.load32_splat((p += step)), w0);
        a3 = fma(a3, v128.load32_splat((p += step)), w0);
        a4 = fma(a4, v128.load32_splat((p += step)), w0);
        a5 = fma(a5, v128.load32_splat((p += step)), w0);
        a6 = fma(a6, v128.load32_splat((p += step)), w0);
        a7 = fma(a7, v128.load32_splat((p += step)), w0);
      }
    }
    x += row;
  }
  const next = co << 2;
  const bytes = mask ? co >> 2 : 0;
  finish(a0, y, mask, mode);
  if (n > 1) finish(a1, (y += next), (mask += bytes), mode);
  if (n > 2) finish(a2, (y += next), (mask += bytes), mode);
  if (n > 3) finish(a3, (y += next), (mask += bytes), mode);
  if (n > 4) finish(a4, (y += next), (mask += bytes), mode);
  if (n > 5) finish(a5, (y += next), (mask += bytes), mode);
  if (n > 6) finish(a6, (y += next), (mask += bytes), mode);
  if (n > 7) finish(a7, (y += next), (mask += bytes), mode);
}

/** As `block8`, seven pixels: for widths such as 7, 14 and 28. */
function block7(
  x: usize,
  w: usize,
  start: v128,
  y: usize,
  mask: usize,
  n: i32,
  ci: usize,
  co: usize,
  row: usize,
  kernel: i32,
  mode: i32,
): void {
  const step = ci << 2;
  let a0 = start;
  let a1 = start;
  let a2 = start;
  let a3 = start;
  let a4 = start;
  let a5 = start;
  let a6 = start;
  for (let dy = 0; dy < kernel; dy++) {
    const end = x + step;
    for (let at = x; at < end; at += 4) {
      let p = at;
      let tap = 0;
      if (kernel > 1) {
        const w0 = v128.load(w);
        const w1 = v128.load(w, 16);
        const w2 = v128.load(w, 32);
        w += 48;
        let s = v128.load32_splat(p);
        a0 = fma(a0, s, w0);
        s = v128.load32_splat((p += step));
        a0 = fma(a0, s, w1);
        a1 = fma(a1, s, w0);
        s = v128.load32_splat((p += step));
        a0 = fma(a0, s, w2);
        a1 = fma(a1, s, w1);
        a2 = fma(a2, s, w0);
        s = v128.load32_splat((p += step));
        a1 = fma(a1, s, w2);
        a2 = fma(a2, s, w1);
        a3 = fma(a3, s, w0);
        s = v128.load32_splat((p += step));
        a2 = fma(a2, s, w2);
        a3 = fma(a3, s, w1);
        a4 = fma(a4, s, w0);
        s = v128.load32_splat((p += step));
        a3 = fma(a3, s, w2);
        a4 = fma(a4, s, w1);
        a5 = fma(a5, s, w0);
        s = v128.load32_splat((p += step));
        a4 = fma(a4, s, w2);
        a5 = fma(a5, s, w1);
        a6 = fma(a6, s, w0);
        s = v128.load32_splat((p += step));
        a5 = fma(a5, s, w2);
        a6 = fma(a6, s, w1);
        s = v128.load32_splat((p += step));
        a6 = fma(a6, s, w2);
        tap = 3;
      }
      for (; tap < kernel; tap++) {
        const w0 = v128.load(w);
        w += 16;
        p = at + <usize>tap * step;
        a0 = fma(a0, v128.load32_splat(p), w0);
        a1 = fma(a1, v128.load32_splat((p += step)), w0);
        a2 = fma(a2, v128.load32_splat((p += step)), w0);
        a3 = fma(a3, v128.load32_splat((p += step)), w0);
        a4 = fma(a4, v128.load32_splat((p += step)), w0);
        a5 = fma(a5, v128.load32_splat((p += step)), w0);
        a6 = fma(a6, v128.load32_splat((p += step)), w0);
      }
    }
    x += row;
  }
  const next = co << 2;
  const bytes = mask ? co >> 2 : 0;
  finish(a0, y, mask, mode);
  if (n > 1) finish(a1, (y += next), (mask += bytes), mode);
  if (n > 2) finish(a2, (y += next), (mask += bytes), mode);
  if (n > 3) finish(a3, (y += next), (mask += bytes), mode);
  if (n > 4) finish(a4, (y += next), (mask += bytes), mode);
  if (n > 5) finish(a5, (y += next), (mask += bytes), mode);
  if (n > 6) finish(a6, (y += next), (mask += bytes), mode);
}

/** As `block8`, four pixels: for widths up to 4, and what is left of a row. */
function block4(
  x: usize,
  w: usize,
  start: v128,
  y: usize,
  mask: usize,
  n: i32,
  ci: usize,
  co: usize,
  row: usize,
  kernel: i32,
  mode: i32,
): void {
  const step = ci << 2;
  let a0 = start;
  let a1 = start;
  let a2 = start;
  let a3 = start;
  for (let dy = 0; dy < kernel; dy++) {
    const end = x + step;
    for (let at = x; at < end; at += 4) {
      let p = at;
      let tap = 0;
      if (kernel > 1) {
        const w0 = v128.load(w);
        const w1 = v128.load(w, 16);
        const w2 = v128.load(w, 32);
        w += 48;
        let s = v128.load32_splat(p);
        a0 = fma(a0, s, w0);
        s = v128.load32_splat((p += step));
        a0 = fma(a0, s, w1);
        a1 = fma(a1, s, w0);
        s = v128.load32_splat((p += step));
        a0 = fma(a0, s, w2);
        a1 = fma(a1, s, w1);
        a2 = fma(a2, s, w0);
        s = v128.load32_splat((p += step));
        a1 = fma(a1, s, w2);
        a2 = fma(a2, s, w1);
        a3 = fma(a3, s, w0);
        s = v128.load32_splat((p += step));
        a2 = fma(a2, s, w2);
        a3 = fma(a3, s, w1);
        s = v128.load32_splat((p += step));
        a3 = fma(a3, s, w2);
        tap = 3;
      }
      for (; tap < kernel; tap++) {
        const w0 = v128.load(w);
        w += 16;
        p = at + <usize>tap * step;
        a0 = fma(a0, v128.load32_splat(p), w0);
        a1 = fma(a1, v128.load32_splat((p += step)), w0);
        a2 = fma(a2, v128.load32_splat((p += step)), w0);
        a3 = fma(a3, v128.load32_splat((p += step)), w0);
      }
    }
    x += row;
  }
  const next = co << 2;
  const bytes = mask ? co >> 2 : 0;
  finish(a0, y, mask, mode);
  if (n > 1) finish(a1, (y += next), (mask += bytes), mode);
  if (n > 2) finish(a2, (y += next), (mask += bytes), mode);
  if (n > 3) finish(a3, (y += next), (mask += bytes), mode);
}

/**
 * y (= | +=) act(conv(x, w) + bias) for `images` images of height × width. `x` and `y` point to
 * pixel (0,0) of the first image; `pad` is the zero border, of which the kernel may use a part.
 * `bias` and `mask` may be 0. `mode`: 1 adds to y, 2 is ReLU.
 */
export function convolve(
  x: usize,
  w: usize,
  bias: usize,
  y: usize,
  mask: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  ci: usize,
  co: usize,
  kernel: i32,
  mode: i32,
): void {
  const reach = <usize>(kernel >> 1);
  const row = <usize>(width + pad) * (ci << 2);
  const rowOut = <usize>(width + pad) * (co << 2);
  const image = <usize>(height + pad) * row;
  const imageOut = <usize>(height + pad) * rowOut;
  const wide = width <= 4 ? 4 : ((width + 6) / 7) * 7 < ((width + 7) / 8) * 8 ? 7 : 8;
  const blockBytes = <usize>(kernel * kernel) * (ci << 4);
  const maskRow = <usize>width * (co >> 2);
  x -= reach * (row + (ci << 2));
  for (let b = 0; b < images; b++) {
    for (let c: usize = 0; c < co; c += 4) {
      const weights = w + (c >> 2) * blockBytes;
      const start = bias ? v128.load(bias + (c << 2)) : f32x4.splat(0);
      for (let v = 0; v < height; v++) {
        const from = x + <usize>b * image + <usize>v * row;
        const to = y + <usize>b * imageOut + <usize>v * rowOut + (c << 2);
        const bits = mask ? mask + <usize>(b * height + v) * maskRow + (c >> 2) : 0;
        for (let u = 0; u < width; u += wide) {
          const n = min(width - u, wide);
          const xAt = from + <usize>u * (ci << 2);
          const yAt = to + <usize>u * (co << 2);
          const maskAt = mask ? bits + <usize>u * (co >> 2) : 0;
          if (n <= 4) {
            block4(xAt, weights, start, yAt, maskAt, n, ci, co, row, kernel, mode);
          } else if (wide === 7) {
            block7(xAt, weights, start, yAt, maskAt, n, ci, co, row, kernel, mode);
          } else {
            block8(xAt, weights, start, yAt, maskAt, n, ci, co, row, kernel, mode);
          }
        }
      }
    }
  }
}
