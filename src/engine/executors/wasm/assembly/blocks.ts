/**
 * The inner loops of `convolve`: eight, seven or four pixels of a row × four output channels. Each
 * input value is read once and used for the first three taps of the row; the further taps of wide
 * kernels follow one by one.
 */

/** Modes of the epilogue, added up. */
const ADD = 1;
const RELU = 2;

function fma(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** The end of a pixel: ReLU and its bits, one byte for four channels; set or add. */
function finish(sum: v128, y: usize, reluBits: usize, mode: i32): void {
  const zero = f32x4.splat(0);
  if (reluBits) store<u8>(reluBits, <u8>i32x4.bitmask(f32x4.gt(sum, zero)));
  let value = mode & RELU ? f32x4.pmax(zero, sum) : sum;
  if (mode & ADD) value = f32x4.add(v128.load(y), value);
  v128.store(y, value);
}

/** Eight pixels × four channels; `n` of the pixels are kept. */
export function block8(
  x: usize,
  w: usize,
  start: v128,
  y: usize,
  reluBits: usize,
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
  const bytes = reluBits ? co >> 2 : 0;
  finish(a0, y, reluBits, mode);
  if (n > 1) finish(a1, (y += next), (reluBits += bytes), mode);
  if (n > 2) finish(a2, (y += next), (reluBits += bytes), mode);
  if (n > 3) finish(a3, (y += next), (reluBits += bytes), mode);
  if (n > 4) finish(a4, (y += next), (reluBits += bytes), mode);
  if (n > 5) finish(a5, (y += next), (reluBits += bytes), mode);
  if (n > 6) finish(a6, (y += next), (reluBits += bytes), mode);
  if (n > 7) finish(a7, (y += next), (reluBits += bytes), mode);
}

/** As `block8`, seven pixels: for widths such as 7, 14 and 28. */
export function block7(
  x: usize,
  w: usize,
  start: v128,
  y: usize,
  reluBits: usize,
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
  const bytes = reluBits ? co >> 2 : 0;
  finish(a0, y, reluBits, mode);
  if (n > 1) finish(a1, (y += next), (reluBits += bytes), mode);
  if (n > 2) finish(a2, (y += next), (reluBits += bytes), mode);
  if (n > 3) finish(a3, (y += next), (reluBits += bytes), mode);
  if (n > 4) finish(a4, (y += next), (reluBits += bytes), mode);
  if (n > 5) finish(a5, (y += next), (reluBits += bytes), mode);
  if (n > 6) finish(a6, (y += next), (reluBits += bytes), mode);
}

/** As `block8`, four pixels: for widths up to 4, and what is left of a row. */
export function block4(
  x: usize,
  w: usize,
  start: v128,
  y: usize,
  reluBits: usize,
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
  const bytes = reluBits ? co >> 2 : 0;
  finish(a0, y, reluBits, mode);
  if (n > 1) finish(a1, (y += next), (reluBits += bytes), mode);
  if (n > 2) finish(a2, (y += next), (reluBits += bytes), mode);
  if (n > 3) finish(a3, (y += next), (reluBits += bytes), mode);
}
