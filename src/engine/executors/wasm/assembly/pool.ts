/**
 * Pooling without overlap from a plane of height × width to one of ⌊height/f⌋ × ⌊width/f⌋, four
 * channels at a time. The winner of a maximum is kept as a byte: its position in the window, counted
 * down the columns, which is the order in which the first of equals wins in `ops/pooling.ts`.
 */

/** One byte of each lane, packed into 32 bits. */
function storeBytes(at: usize, x: v128): void {
  const bytes = i8x16.shuffle(x, x, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12);
  v128.store32_lane(at, bytes, 0);
}

function loadBytes(at: usize): v128 {
  const bytes = v128.load32_zero(at);
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
}

export function poolMaximum(
  x: usize,
  y: usize,
  winners: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  c: usize,
  f: i32,
): void {
  const h = height / f;
  const w = width / f;
  const step = c << 2;
  const row = <usize>(width + pad) * step;
  for (let b = 0; b < images; b++) {
    for (let v = 0; v < h; v++) {
      for (let u = 0; u < w; u++) {
        let from = x + <usize>(b * (height + pad) + v * f) * row + <usize>(u * f) * step;
        let to = y + <usize>((b * (h + pad) + v) * (w + pad) + u) * step;
        let winner = winners + <usize>((b * h + v) * w + u) * c;
        for (let at: usize = 0; at < c; at += 4) {
          let best = v128.load(from);
          let position = i32x4.splat(0);
          let here = 0;
          for (let dx = 0; dx < f; dx++) {
            let p = from + <usize>dx * step;
            for (let dy = 0; dy < f; dy++) {
              const value = v128.load(p);
              const higher = f32x4.gt(value, best);
              best = v128.bitselect(value, best, higher);
              position = v128.bitselect(i32x4.splat(here), position, higher);
              here++;
              p += row;
            }
          }
          v128.store(to, best);
          storeBytes(winner, position);
          from += 16;
          to += 16;
          winner += 4;
        }
      }
    }
  }
}

/** Writes dx inside all windows. */
export function unpoolMaximum(
  dy: usize,
  winners: usize,
  dx: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  c: usize,
  f: i32,
): void {
  const h = height / f;
  const w = width / f;
  const step = c << 2;
  const row = <usize>(width + pad) * step;
  for (let b = 0; b < images; b++) {
    for (let v = 0; v < h; v++) {
      for (let u = 0; u < w; u++) {
        let to = dx + <usize>(b * (height + pad) + v * f) * row + <usize>(u * f) * step;
        let from = dy + <usize>((b * (h + pad) + v) * (w + pad) + u) * step;
        let winner = winners + <usize>((b * h + v) * w + u) * c;
        for (let at: usize = 0; at < c; at += 4) {
          const value = v128.load(from);
          const position = loadBytes(winner);
          let here = 0;
          for (let i = 0; i < f; i++) {
            let p = to + <usize>i * step;
            for (let j = 0; j < f; j++) {
              v128.store(p, v128.and(value, i32x4.eq(position, i32x4.splat(here))));
              here++;
              p += row;
            }
          }
          from += 16;
          to += 16;
          winner += 4;
        }
      }
    }
  }
}

export function poolAverage(
  x: usize,
  y: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  c: usize,
  f: i32,
): void {
  const h = height / f;
  const w = width / f;
  const step = c << 2;
  const row = <usize>(width + pad) * step;
  const count = f32x4.splat(<f32>(f * f));
  for (let b = 0; b < images; b++) {
    for (let v = 0; v < h; v++) {
      for (let u = 0; u < w; u++) {
        let from = x + <usize>(b * (height + pad) + v * f) * row + <usize>(u * f) * step;
        let to = y + <usize>((b * (h + pad) + v) * (w + pad) + u) * step;
        for (let at: usize = 0; at < c; at += 4) {
          let sum = f32x4.splat(0);
          for (let i = 0; i < f; i++) {
            for (let j = 0; j < f; j++) {
              sum = f32x4.add(sum, v128.load(from + <usize>i * row + <usize>j * step));
            }
          }
          v128.store(to, f32x4.div(sum, count));
          from += 16;
          to += 16;
        }
      }
    }
  }
}

/** Writes dx inside all windows. */
export function unpoolAverage(
  dy: usize,
  dx: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  c: usize,
  f: i32,
): void {
  const h = height / f;
  const w = width / f;
  const step = c << 2;
  const row = <usize>(width + pad) * step;
  const count = f32x4.splat(<f32>(f * f));
  for (let b = 0; b < images; b++) {
    for (let v = 0; v < h; v++) {
      for (let u = 0; u < w; u++) {
        let to = dx + <usize>(b * (height + pad) + v * f) * row + <usize>(u * f) * step;
        let from = dy + <usize>((b * (h + pad) + v) * (w + pad) + u) * step;
        for (let at: usize = 0; at < c; at += 4) {
          const value = f32x4.div(v128.load(from), count);
          for (let i = 0; i < f; i++) {
            for (let j = 0; j < f; j++) {
              v128.store(to + <usize>i * row + <usize>j * step, value);
            }
          }
          from += 16;
          to += 16;
        }
      }
    }
  }
}
