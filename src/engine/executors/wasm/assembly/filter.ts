/**
 * Gradient of a filter: dW[tap][ci][co] += Σ x · dz over all pixels. One tap at a time, 4 input × 8
 * output channels in eight accumulators, while the pixels stream by; where the output channels are
 * no multiple of 8, the last four go in a 4 × 4 variant.
 */

/** Pixels summed in registers before they are added to memory: enough to hide the adding. */
const RUN = 784;

function fma(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

function addTo(at: usize, sum: v128): void {
  v128.store(at, f32x4.add(v128.load(at), sum));
}

function block8(
  x: usize,
  dz: usize,
  dw: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  ci: usize,
  co: usize,
): void {
  const zero = f32x4.splat(0);
  let a0 = zero;
  let a1 = zero;
  let a2 = zero;
  let a3 = zero;
  let b0 = zero;
  let b1 = zero;
  let b2 = zero;
  let b3 = zero;
  const stepX = ci << 2;
  const stepZ = co << 2;
  const gapX = <usize>pad * stepX;
  const gapZ = <usize>pad * stepZ;
  const imageGapX = gapX * <usize>(width + pad);
  const imageGapZ = gapZ * <usize>(width + pad);
  for (let b = 0; b < images; b++) {
    for (let v = 0; v < height; v++) {
      const end = dz + <usize>width * stepZ;
      while (dz < end) {
        const z0 = v128.load(dz);
        const z1 = v128.load(dz, 16);
        let s = v128.load32_splat(x);
        a0 = fma(a0, s, z0);
        b0 = fma(b0, s, z1);
        s = v128.load32_splat(x, 4);
        a1 = fma(a1, s, z0);
        b1 = fma(b1, s, z1);
        s = v128.load32_splat(x, 8);
        a2 = fma(a2, s, z0);
        b2 = fma(b2, s, z1);
        s = v128.load32_splat(x, 12);
        a3 = fma(a3, s, z0);
        b3 = fma(b3, s, z1);
        x += stepX;
        dz += stepZ;
      }
      x += gapX;
      dz += gapZ;
    }
    x += imageGapX;
    dz += imageGapZ;
  }
  addTo(dw, a0);
  addTo(dw + 16, b0);
  addTo((dw += stepZ), a1);
  addTo(dw + 16, b1);
  addTo((dw += stepZ), a2);
  addTo(dw + 16, b2);
  addTo((dw += stepZ), a3);
  addTo(dw + 16, b3);
}

function block4(
  x: usize,
  dz: usize,
  dw: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  ci: usize,
  co: usize,
): void {
  const zero = f32x4.splat(0);
  let a0 = zero;
  let a1 = zero;
  let a2 = zero;
  let a3 = zero;
  const stepX = ci << 2;
  const stepZ = co << 2;
  const gapX = <usize>pad * stepX;
  const gapZ = <usize>pad * stepZ;
  const imageGapX = gapX * <usize>(width + pad);
  const imageGapZ = gapZ * <usize>(width + pad);
  for (let b = 0; b < images; b++) {
    for (let v = 0; v < height; v++) {
      const end = dz + <usize>width * stepZ;
      while (dz < end) {
        const z0 = v128.load(dz);
        a0 = fma(a0, v128.load32_splat(x), z0);
        a1 = fma(a1, v128.load32_splat(x, 4), z0);
        a2 = fma(a2, v128.load32_splat(x, 8), z0);
        a3 = fma(a3, v128.load32_splat(x, 12), z0);
        x += stepX;
        dz += stepZ;
      }
      x += gapX;
      dz += gapZ;
    }
    x += imageGapX;
    dz += imageGapZ;
  }
  addTo(dw, a0);
  addTo((dw += stepZ), a1);
  addTo((dw += stepZ), a2);
  addTo((dw += stepZ), a3);
}

/** Adds to `dw`; `x` and `dz` point to pixel (0,0) of the first image, borders zero. */
export function filterGradient(
  x: usize,
  dz: usize,
  dw: usize,
  images: i32,
  height: i32,
  width: i32,
  pad: i32,
  ci: usize,
  co: usize,
  kernel: i32,
): void {
  const run = max(1, RUN / (height * width));
  const row = <usize>(width + pad) * (ci << 2);
  const imageX = <usize>(height + pad) * row;
  const imageZ = <usize>(height + pad) * <usize>(width + pad) * (co << 2);
  x -= <usize>(kernel >> 1) * (row + (ci << 2));
  for (let b = 0; b < images; b += run) {
    const n = min(run, images - b);
    for (let dy = 0; dy < kernel; dy++) {
      for (let dx = 0; dx < kernel; dx++) {
        const tapX = x + <usize>b * imageX + <usize>dy * row + <usize>dx * (ci << 2);
        const tapZ = dz + <usize>b * imageZ;
        const tapW = dw + ((<usize>(dy * kernel + dx) * ci * co) << 2);
        for (let i: usize = 0; i < ci; i += 4) {
          const xAt = tapX + (i << 2);
          let o: usize = 0;
          for (; o + 8 <= co; o += 8) {
            const at = tapW + ((i * co + o) << 2);
            block8(xAt, tapZ + (o << 2), at, n, height, width, pad, ci, co);
          }
          if (o < co) {
            const at = tapW + ((i * co + o) << 2);
            block4(xAt, tapZ + (o << 2), at, n, height, width, pad, ci, co);
          }
        }
      }
    }
  }
}
