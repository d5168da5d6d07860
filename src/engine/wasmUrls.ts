/** Addresses of the WASM binaries in the built page. */

import plain from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm?url';

import kernels from './executors/wasm/kernels.wasm?url';
import kernelsShared from './executors/wasm/kernelsShared.wasm?url';

/** Those of tfjs. The backend insists on all three names. */
export const WASM_URLS: { readonly [file: string]: string } = {
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': threaded,
};

async function fetchBytes(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  return response.arrayBuffer();
}

/** Fetches the kernels of the `wasm` executor. */
export const fetchKernels = () => fetchBytes(kernels);

/** The same kernels for a memory that threads share. */
export const fetchSharedKernels = () => fetchBytes(kernelsShared);
