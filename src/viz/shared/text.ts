/** Numbers as text, and how wide text is: estimated, so that layouts measure nothing. */
import { format } from 'd3';
import { formatDecimal, formatSignificant } from '../../core/format.ts';

const si = format('.3~s');

export {
  formatPercent as percent,
  formatShare as share,
  formatSigned as signed,
} from '../../core/format.ts';

/** Axis ticks: 0, 250, 1.5k, −0.02. */
export function tick(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  return size >= 1000 ? si(value) : formatSignificant(value, 3);
}

/** A rank score: two digits and a true minus. */
export const score = (value: number, digits = 2): string => formatDecimal(value, digits);

/** A loss, which a training that diverged may have lost. */
export function lossText(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : 'not a number';
}

/** Width of a line of figures, points and brackets, which are narrower than letters. */
export function figureWidth(text: string, fontSize: number): number {
  return text.length * fontSize * 0.5;
}

/** Width of a line of sans-serif text, near enough for layout. */
export function textWidth(text: string, fontSize: number): number {
  return text.length * fontSize * 0.56;
}

/** The text, cut with an ellipsis where it would be wider than `width` at this size. */
export function fitText(text: string, width: number, fontSize: number): string {
  const most = Math.floor(width / (fontSize * 0.56));
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
}
