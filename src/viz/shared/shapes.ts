/** Paths of marks and swatches around the origin that several charts draw. */

/** Badges: about 18 across, of about the same weight. */
export const BADGE_CIRCLE = 'M-8 0A8 8 0 1 1 8 0A8 8 0 1 1-8 0Z';
export const BADGE_DIAMOND = 'M0-9.5L9.5 0L0 9.5L-9.5 0Z';
export const BADGE_TRIANGLE = 'M0-10L10 7.5L-10 7.5Z';
export const BADGE_SQUARE = 'M-7.5-7.5H7.5V7.5H-7.5Z';
export const BADGE_HEXAGON = 'M-9 0L-4.5-7.8H4.5L9 0L4.5 7.8H-4.5Z';

export const DISC = 'M-6 0A6 6 0 1 1 6 0A6 6 0 1 1-6 0Z';
/** A cross as an area, for swatches and filled marks. */
export const CROSS = 'M-7-5L-5-7L0-2L5-7L7-5L2 0L7 5L5 7L0 2L-5 7L-7 5L-2 0Z';
/** A cross as two strokes. */
export const CROSS_LINES = 'M-5-5L5 5M-5 5L5-5';
