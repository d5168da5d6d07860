/** The line at the accuracy of guessing, and a place for its name where no curve is. */
import type { PlotArea } from './axes.ts';
import type { Point } from './curves.ts';
import { px } from './geometry.ts';
import { across, drawNotes, drawRules, type Note, type Rule } from './plotMarks.ts';
import { percent, textWidth } from './text.ts';

const FONT = 11;
/** From the line to the baseline of text above it, and of text below it. */
const ABOVE = 5;
const BELOW = 14;
/** What the letters and their halo need over and under a baseline. */
const ASCENT = 11;
const DESCENT = 4;
/** From the ends of the plot. */
const INSET = 4;

/** As `leftAxis` writes the heading, in bold. */
const HEADING_FONT = 12;
const HEADING_ABOVE = 9;
const BOLDER = 1.08;
const GAP = 14;
const SAMPLE = 20;
const DASH = '4 4';

export interface ChanceMark {
  /** The line, and a sample of it where the name stands outside the plot. */
  readonly rules: readonly Rule[];
  readonly note: Note;
}

/** Whether a segment has a part inside a box (Liang–Barsky). */
function enters(from: Point, to: Point, box: PlotArea): boolean {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  let start = 0;
  let end = 1;
  for (const [slope, room] of [
    [-dx, from.x - box.left],
    [dx, box.right - from.x],
    [-dy, from.y - box.top],
    [dy, box.bottom - from.y],
  ] as const) {
    if (slope === 0 && room < 0) return false;
    if (slope < 0) start = Math.max(start, room / slope);
    if (slope > 0) end = Math.min(end, room / slope);
  }
  return start < end;
}

/** A mark of the usual size, as a curve. */
export const dash = ({ x, y }: Point): readonly Point[] => [
  { x: x - 6, y },
  { x: x + 6, y },
];

const crosses = (curve: readonly Point[], box: PlotArea): boolean =>
  curve.some((to, i) => {
    const from = curve[i - 1];
    return from !== undefined && enters(from, to, box);
  });

/** Places over and under the line: at its right end, its left end, in the middle. */
function places(area: PlotArea, y: number, width: number) {
  const middle = (area.left + area.right) / 2;
  const [right, left] = [area.right - INSET, area.left + INSET];
  const ends = [
    { anchor: 'end', x: right, from: right - width },
    { anchor: 'start', x: left, from: left },
    { anchor: 'middle', x: middle, from: middle - width / 2 },
  ] as const;
  return ends.flatMap(({ anchor, x, from }) =>
    [y - ABOVE, y + BELOW].map((baseline) => ({
      spot: { anchor, x: px(x), y: px(baseline) },
      box: {
        left: from,
        right: from + width,
        top: baseline - ASCENT,
        bottom: baseline + DESCENT,
      },
    })),
  );
}

/**
 * The line at height `y`, and its name at the first place inside the plot that no curve crosses. Where
 * all are crossed, the name stands after the heading, with a sample of the line before it.
 * @param chance Accuracy of guessing, from 0 to 1.
 * @param curves What is drawn in the plot, as polylines in pixels.
 * @param heading Text above the top left corner of the plot.
 */
export function layoutChance(
  area: PlotArea,
  y: number,
  chance: number,
  curves: readonly (readonly Point[])[],
  heading: string,
): ChanceMark {
  const text = `guessing ${percent(chance)}`;
  const rule = across(area, 'chance', y, DASH);
  const free = places(area, y, textWidth(text, FONT)).find(
    ({ box }) =>
      box.top >= area.top &&
      box.bottom <= area.bottom &&
      !curves.some((curve) => crosses(curve, box)),
  );
  if (free) return { rules: [rule], note: { key: 'chance', text, ...free.spot } };
  const x = area.left + BOLDER * textWidth(heading, HEADING_FONT) + GAP;
  const baseline = area.top - HEADING_ABOVE;
  const sample = {
    ...rule,
    key: 'sample',
    x1: x,
    x2: x + SAMPLE,
    y1: baseline - 4,
    y2: baseline - 4,
  };
  const place = { x: px(x + SAMPLE + 5), y: px(baseline), anchor: 'start' } as const;
  return { rules: [rule, sample], note: { key: 'chance', text, ...place } };
}

/** Lines in one group and their name in another, which may lie over the curves; null draws none. */
export function drawChance(under: SVGElement, over: SVGElement, mark: ChanceMark | null): void {
  drawRules(under, mark?.rules ?? []);
  drawNotes(over, mark ? [mark.note] : [], FONT);
}
