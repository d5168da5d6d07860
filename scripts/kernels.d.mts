/** Builds the kernels of the `wasm` executor unless they are there already; the path of the binary. */
export function buildKernels(): Promise<string>;
