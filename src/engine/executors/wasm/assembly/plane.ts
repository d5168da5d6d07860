/**
 * What happens pixel by pixel to a plane: the ReLU gate, sums over pixels, mixing, batch norm. Four
 * channels at a time; `x`, `d` and the like point to pixel (0,0) of the first image.
 */

/** Adds the four lanes, as doubles, to four doubles in memory. */
function addDoubles(at: usize, sum: v128): void {
  v128.store(at, f64x2.add(v128.load(at), f64x2.promote_low_f32x4(sum)));
  const high = i8x16.shuffle(sum, sum, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  v128.store(at, f64x2.add(v128.load(at, 16), f64x2.promote_low_f32x4(high)), 16);
}

/**
 * dz = scale · d where the ReLU bit is set, else 0; bias gradient db[c] += Σ dz. With `reluBits` 0 nothing
 * is gated or written: only db is summed.
 */
export function gate(
  d: usize,
  scale: f32,
  reluBits: usize,
  dz: usize,
  db: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  c: usize,
): void {
  const step = c << 2;
  const row = <usize>(width + pad) * step;
  const bits = i32x4(1, 2, 4, 8);
  const factor = f32x4.splat(scale);
  const bytes = c >> 2;
  for (let b = 0; b < images; b++) {
    for (let v = 0; v < height; v++) {
      const start = <usize>(b * (height + pad) + v) * row;
      for (let at: usize = 0; at < step; at += 16) {
        let sum = f32x4.splat(0);
        let from = d + start + at;
        if (reluBits) {
          let to = dz + start + at;
          let byte = reluBits + <usize>((b * height + v) * width) * bytes + (at >> 4);
          for (let u = 0; u < width; u++) {
            const on = v128.and(i32x4.splat(<i32>load<u8>(byte)), bits);
            const value = v128.and(f32x4.mul(v128.load(from), factor), i32x4.eq(on, bits));
            v128.store(to, value);
            sum = f32x4.add(sum, value);
            from += step;
            to += step;
            byte += bytes;
          }
        } else {
          for (let u = 0; u < width; u++) {
            sum = f32x4.add(sum, v128.load(from));
            from += step;
          }
        }
        v128.store(db + at, f32x4.add(v128.load(db + at), sum));
      }
    }
  }
}

/** sums[c] += Σ (x − mean); doubles. */
export function sumPixels(
  x: usize,
  mean: usize,
  sums: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  c: usize,
): void {
  const step = c << 2;
  const row = <usize>(width + pad) * step;
  for (let b = 0; b < images; b++) {
    for (let at: usize = 0; at < step; at += 16) {
      const centre = v128.load(mean + at);
      let sum = f32x4.splat(0);
      for (let v = 0; v < height; v++) {
        let from = x + <usize>(b * (height + pad) + v) * row + at;
        for (let u = 0; u < width; u++) {
          sum = f32x4.add(sum, f32x4.sub(v128.load(from), centre));
          from += step;
        }
      }
      addDoubles(sums + 2 * at, sum);
    }
  }
}

/** sums[c] += Σ d · (x − mean); doubles. */
export function dotPixels(
  d: usize,
  x: usize,
  mean: usize,
  sums: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  c: usize,
): void {
  const step = c << 2;
  const row = <usize>(width + pad) * step;
  for (let b = 0; b < images; b++) {
    for (let at: usize = 0; at < step; at += 16) {
      const centre = v128.load(mean + at);
      let sum = f32x4.splat(0);
      for (let v = 0; v < height; v++) {
        const offset = <usize>(b * (height + pad) + v) * row + at;
        let from = x + offset;
        let other = d + offset;
        for (let u = 0; u < width; u++) {
          sum = f32x4.add(sum, f32x4.mul(v128.load(other), f32x4.sub(v128.load(from), centre)));
          from += step;
          other += step;
        }
      }
      addDoubles(sums + 2 * at, sum);
    }
  }
}

/** sums[c] += Σ (x − mean)²; doubles. */
export function squarePixels(
  x: usize,
  mean: usize,
  sums: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  c: usize,
): void {
  const step = c << 2;
  const row = <usize>(width + pad) * step;
  for (let b = 0; b < images; b++) {
    for (let at: usize = 0; at < step; at += 16) {
      const centre = v128.load(mean + at);
      let sum = f32x4.splat(0);
      for (let v = 0; v < height; v++) {
        let from = x + <usize>(b * (height + pad) + v) * row + at;
        for (let u = 0; u < width; u++) {
          const value = f32x4.sub(v128.load(from), centre);
          sum = f32x4.add(sum, f32x4.mul(value, value));
          from += step;
        }
      }
      addDoubles(sums + 2 * at, sum);
    }
  }
}

/** out (= | +=) (x − mean) · scale, per channel: a candidate's share of the mixture. */
export function mixInto(
  x: usize,
  mean: usize,
  scale: usize,
  out: usize,
  add: bool,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  c: usize,
): void {
  const step = c << 2;
  const row = <usize>(width + pad) * step;
  for (let b = 0; b < images; b++) {
    for (let v = 0; v < height; v++) {
      const start = <usize>(b * (height + pad) + v) * row;
      for (let at: usize = 0; at < step; at += 16) {
        const centre = v128.load(mean + at);
        const factor = v128.load(scale + at);
        let from = x + start + at;
        let to = out + start + at;
        for (let u = 0; u < width; u++) {
          const value = f32x4.mul(f32x4.sub(v128.load(from), centre), factor);
          v128.store(to, add ? f32x4.add(v128.load(to), value) : value);
          from += step;
          to += step;
        }
      }
    }
  }
}

/**
 * Gradient of batch norm and of the mixing weight at once, per channel:
 * out = scale · (d − meanD − (x − mean) · along).
 */
export function normaliseGradient(
  d: usize,
  x: usize,
  mean: usize,
  scale: usize,
  meanD: usize,
  along: usize,
  out: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  c: usize,
): void {
  const step = c << 2;
  const row = <usize>(width + pad) * step;
  for (let b = 0; b < images; b++) {
    for (let v = 0; v < height; v++) {
      const start = <usize>(b * (height + pad) + v) * row;
      for (let at: usize = 0; at < step; at += 16) {
        const centre = v128.load(mean + at);
        const factor = v128.load(scale + at);
        const level = v128.load(meanD + at);
        const slope = v128.load(along + at);
        let other = d + start + at;
        let from = x + start + at;
        let to = out + start + at;
        for (let u = 0; u < width; u++) {
          const part = f32x4.mul(f32x4.sub(v128.load(from), centre), slope);
          const rest = f32x4.sub(f32x4.sub(v128.load(other), level), part);
          v128.store(to, f32x4.mul(rest, factor));
          other += step;
          from += step;
          to += step;
        }
      }
    }
  }
}
