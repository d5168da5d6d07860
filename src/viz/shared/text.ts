/** Numbers as text, and how wide text is: estimated, so that layouts measure nothing. */
import { format } from 'd3';

const si = format('.3~s');

/** Axis ticks: 0, 250, 1.5k, −0.02. */
export function tick(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  return size >= 1000 ? si(value) : String(Number(value.toPrecision(3))).replace('-', '−');
}

/** A share with two digits after the point and no leading zero: .27, 1.00. */
export function share(value: number): string {
  const text = value.toFixed(2);
  return text.startsWith('0') ? text.slice(1) : text;
}

export function signed(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits).replace(/^0/, '');
  return `${value < 0 ? '−' : '+'}${text}`;
}

/** A rank score: two digits and a true minus. */
export function score(value: number, digits = 2): string {
  return value.toFixed(digits).replace('-', '−');
}

export function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

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
