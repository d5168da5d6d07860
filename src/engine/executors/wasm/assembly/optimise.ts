/** Optimisers over flat vectors of `bytes` bytes, a multiple of 16; the formulas of `optimiser.ts`. */

/** `correction` is 1 − 0.999^count; `scale` is rate / (1 − 0.9^count). */
export function adam(
  x: usize,
  g: usize,
  m: usize,
  v: usize,
  bytes: usize,
  scale: f32,
  correction: f32,
): void {
  const beta1 = f32x4.splat(0.9);
  const rest1 = f32x4.splat(<f32>(1 - 0.9));
  const beta2 = f32x4.splat(0.999);
  const rest2 = f32x4.splat(<f32>(1 - 0.999));
  const epsilon = f32x4.splat(1e-8);
  const unbias = f32x4.splat(correction);
  const rate = f32x4.splat(scale);
  for (let at: usize = 0; at < bytes; at += 16) {
    const gradient = v128.load(g + at);
    const nextM = f32x4.add(f32x4.mul(v128.load(m + at), beta1), f32x4.mul(gradient, rest1));
    const square = f32x4.mul(gradient, gradient);
    const nextV = f32x4.add(f32x4.mul(v128.load(v + at), beta2), f32x4.mul(square, rest2));
    const root = f32x4.add(f32x4.sqrt(f32x4.div(nextV, unbias)), epsilon);
    const move = f32x4.mul(f32x4.div(nextM, root), rate);
    v128.store(m + at, nextM);
    v128.store(v + at, nextV);
    v128.store(x + at, f32x4.sub(v128.load(x + at), move));
  }
}

/** v ← momentum · v + g, x ← x − rate · v. */
export function descend(
  x: usize,
  g: usize,
  velocity: usize,
  bytes: usize,
  rate: f32,
  momentum: f32,
): void {
  const keep = f32x4.splat(momentum);
  const factor = f32x4.splat(rate);
  for (let at: usize = 0; at < bytes; at += 16) {
    const v = f32x4.add(f32x4.mul(v128.load(velocity + at), keep), v128.load(g + at));
    v128.store(velocity + at, v);
    v128.store(x + at, f32x4.sub(v128.load(x + at), f32x4.mul(v, factor)));
  }
}
