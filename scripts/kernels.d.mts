/** Builds the kernels of the `wasm` executor unless they are there already; paths of the binaries. */
export function buildKernels(): Promise<string[]>;
