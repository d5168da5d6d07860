/** All kernels; compiled by `scripts/kernels.mjs`. */
export { classifierInput, classifierWeights, classify } from './classifier';
export { convolve } from './convolve';
export { filterGradient } from './filter';
export { adam, descend } from './optimise';
export {
  dotPixels,
  gate,
  mixInto,
  normaliseGradient,
  squarePixels,
  sumPixels,
} from './plane';
export { poolAverage, poolMaximum, unpoolAverage, unpoolMaximum } from './pool';
export { addInto } from './reduce';
export { packBackward, packForward } from './weights';
