/**
 * The dense layer at the end: features are the pixels of a plane (without its border) times
 * channels; classes are padded to a multiple of 4. Weights [features][classes].
 */

/** logits [images][classes] = x · weights + bias. */
export function classify(
  x: usize,
  w: usize,
  bias: usize,
  logits: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  c: usize,
  classes: usize,
): void {
  const next = classes << 2;
  const row = <usize>(width + pad) * (c << 2);
  const values = <usize>width * (c << 2);
  for (let b = 0; b < images; b++) {
    const image = x + <usize>(b * (height + pad)) * row;
    const to = logits + <usize>b * next;
    for (let k: usize = 0; k < next; k += 16) {
      let even = v128.load(bias + k);
      let odd = f32x4.splat(0);
      let at = w + k;
      for (let v = 0; v < height; v++) {
        let p = image + <usize>v * row;
        const end = p + values;
        while (p < end) {
          even = f32x4.add(even, f32x4.mul(v128.load32_splat(p), v128.load(at)));
          odd = f32x4.add(odd, f32x4.mul(v128.load32_splat(p, 4), v128.load(at + next)));
          p += 8;
          at += 2 * next;
        }
      }
      v128.store(to + k, f32x4.add(even, odd));
    }
  }
}

/** dw += xᵀ · d, db += Σ d. */
export function classifierWeights(
  x: usize,
  d: usize,
  dw: usize,
  db: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  c: usize,
  classes: usize,
): void {
  const next = classes << 2;
  const row = <usize>(width + pad) * (c << 2);
  const values = <usize>width * (c << 2);
  for (let k: usize = 0; k < next; k += 16) {
    for (let b = 0; b < images; b++) {
      const value = v128.load(d + <usize>b * next + k);
      v128.store(db + k, f32x4.add(v128.load(db + k), value));
      let at = dw + k;
      for (let v = 0; v < height; v++) {
        let p = x + <usize>(b * (height + pad) + v) * row;
        const end = p + values;
        while (p < end) {
          const part = f32x4.mul(v128.load32_splat(p), value);
          v128.store(at, f32x4.add(v128.load(at), part));
          p += 4;
          at += next;
        }
      }
    }
  }
}

/** dx = d · weightsᵀ. */
export function classifierInput(
  d: usize,
  w: usize,
  dx: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  c: usize,
  classes: usize,
): void {
  const next = classes << 2;
  const row = <usize>(width + pad) * (c << 2);
  const values = <usize>width * (c << 2);
  for (let b = 0; b < images; b++) {
    const own = d + <usize>b * next;
    let at = w;
    for (let v = 0; v < height; v++) {
      let p = dx + <usize>(b * (height + pad) + v) * row;
      const end = p + values;
      while (p < end) {
        let sum = f32x4.splat(0);
        for (let k: usize = 0; k < next; k += 16) {
          sum = f32x4.add(sum, f32x4.mul(v128.load(own + k), v128.load(at + k)));
        }
        const low = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
        const high = f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
        store<f32>(p, low + high);
        p += 4;
        at += next;
      }
    }
  }
}
