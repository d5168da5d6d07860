/** Filters [tap row][tap column][ci][co] packed for `convolve`, as they are and turned around. */

/** As they are: `out` [co/4][tap row][ci][tap column][4]. */
export function packForward(w: usize, out: usize, kernel: i32, ci: usize, co: usize): void {
  for (let c: usize = 0; c < co; c += 4) {
    for (let dy = 0; dy < kernel; dy++) {
      for (let i: usize = 0; i < ci; i++) {
        for (let dx = 0; dx < kernel; dx++) {
          const at = <usize>(dy * kernel + dx) * ci + i;
          v128.store(out, v128.load(w + ((at * co + c) << 2)));
          out += 16;
        }
      }
    }
  }
}

/** Turned in space and with channels exchanged: the filter of the gradient of the input. */
export function packBackward(w: usize, out: usize, kernel: i32, ci: usize, co: usize): void {
  const last = kernel * kernel - 1;
  const next = co << 2;
  for (let c: usize = 0; c < ci; c += 4) {
    for (let dy = 0; dy < kernel; dy++) {
      for (let o: usize = 0; o < co; o++) {
        for (let dx = 0; dx < kernel; dx++) {
          const from = w + (((<usize>(last - dy * kernel - dx) * ci + c) * co + o) << 2);
          store<f32>(out, load<f32>(from));
          store<f32>(out, load<f32>(from + next), 4);
          store<f32>(out, load<f32>(from + 2 * next), 8);
          store<f32>(out, load<f32>(from + 3 * next), 12);
          out += 16;
        }
      }
    }
  }
}
