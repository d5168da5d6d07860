/** Paths of marks and swatches around the origin that several charts draw. */

export const DISC = 'M-6 0A6 6 0 1 1 6 0A6 6 0 1 1-6 0Z';
/** A cross as an area, for swatches and filled marks. */
export const CROSS = 'M-7-5L-5-7L0-2L5-7L7-5L2 0L7 5L5 7L0 2L-5 7L-7 5L-2 0Z';
/** A cross as two strokes. */
export const CROSS_LINES = 'M-5-5L5 5M-5 5L5-5';
