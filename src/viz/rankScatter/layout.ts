/** Geometry of the rank scatter: scales, points with their error bars, the guide through them. */
import { type ScaleLinear, scaleLinear } from 'd3';
import type { PlotArea } from '../shared/axes.ts';
import { type ChanceMark, dash, layoutChance } from '../shared/chanceLabel.ts';
import type { Size } from '../shared/chart.ts';
import { at } from '../shared/curves.ts';
import { px } from '../shared/geometry.ts';
import { padded } from '../shared/plotMarks.ts';
import { isotonic } from './isotonic.ts';
import type { RankScatterModel, ScatterPoint } from './model.ts';

export interface ScatterMark {
  readonly key: string;
  readonly point: ScatterPoint;
  readonly x: number;
  readonly y: number;
  /** Ends of the error bar; null: none. */
  readonly bar: { readonly top: number; readonly bottom: number } | null;
  readonly diverged: boolean;
}

export interface ScatterLink {
  readonly key: string;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export interface RankScatterGeometry extends Size {
  readonly area: PlotArea;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  /** By x, then y: the order of the arrow keys. */
  readonly marks: readonly ScatterMark[];
  readonly links: readonly ScatterLink[];
  /** Path of the identity line or of the monotone fit; empty with too few points. */
  readonly guide: string;
  /** Line that diverged architectures lie below; null without any. */
  readonly floor: number | null;
  /** Accuracy of guessing, where the plot shows it. */
  readonly chance: ChanceMark | null;
}

const FLOOR = 26;

/** Heading of the plot of values; that of places has no line of guessing. */
export const VALUES_HEADING = 'Accuracy alone (%)';

const known = (points: readonly ScatterPoint[]) =>
  points.flatMap(({ accuracy, score, deviation }) =>
    accuracy === null ? [] : [{ accuracy, score, deviation: deviation ?? 0 }],
  );

function accuracyRange(model: RankScatterModel): [number, number] {
  const points = known(model.points);
  if (points.length === 0) return [0, 1];
  const low = Math.min(...points.map((p) => p.accuracy - p.deviation));
  const high = Math.max(...points.map((p) => p.accuracy + p.deviation));
  return padded(low, high, 0.06);
}

/** Mean accuracy of equal scores, then the monotone fit over them. */
function monotoneFit(model: RankScatterModel): { score: number; accuracy: number }[] {
  const groups = new Map<number, number[]>();
  for (const { score, accuracy } of known(model.points)) {
    groups.set(score, [...(groups.get(score) ?? []), accuracy]);
  }
  const scores = [...groups.keys()].sort((a, b) => a - b);
  if (scores.length < 3) return [];
  const each = scores.flatMap((score) => {
    const group = groups.get(score) ?? [];
    const mean = group.reduce((sum, value) => sum + value, 0) / group.length;
    return group.map(() => ({ score, mean }));
  });
  const fit = isotonic(each.map(({ mean }) => mean));
  return each.map(({ score }, i) => ({ score, accuracy: fit[i] ?? 0 }));
}

/** Place that an accuracy would take among the others. */
function placeOf(accuracy: number, others: readonly ScatterPoint[]): number {
  const better = others.filter((o) => o.accuracy !== null && o.accuracy > accuracy).length;
  const equal = others.filter((o) => o.accuracy === accuracy).length;
  return 1 + better + equal / 2;
}

function errorBar(
  point: ScatterPoint,
  model: RankScatterModel,
  y: ScaleLinear<number, number>,
): ScatterMark['bar'] {
  const { accuracy, deviation } = point;
  if (accuracy === null || deviation === null) return null;
  const ends = [accuracy + deviation, accuracy - deviation];
  const others = model.points.filter((other) => other.key !== point.key);
  const [top, bottom] = ends.map((end) =>
    px(y(model.axis === 'values' ? end : placeOf(end, others))),
  );
  return top === undefined || bottom === undefined ? null : { top, bottom };
}

/** Room for the plot: square in ranks where the width allows. */
function areaOf(size: Size): PlotArea {
  const left = 50;
  const right = Math.max(left + 60, size.width - 14);
  const top = size.width < 520 ? 44 : 26;
  return { left, right, top, bottom: Math.max(top + 80, size.height - 42) };
}

function guidePath(
  model: RankScatterModel,
  x: ScaleLinear<number, number>,
  y: ScaleLinear<number, number>,
): string {
  if (model.points.length < 2) return '';
  const points =
    model.axis === 'ranks'
      ? [model.points.length, 1].map((rank) => at(x(rank), y(rank)))
      : monotoneFit(model).map((p) => at(x(p.score), y(p.accuracy)));
  return points.length > 0 ? `M${points.join('L')}` : '';
}

/** A mark and its error bar as curves. */
const outline = ({ x, y, bar }: ScatterMark) => [
  dash({ x, y }),
  bar ? [bar.top, bar.bottom].map((end) => ({ x, y: end })) : [],
];

/** Scales, marks and lines. In ranks both axes run from the last place to the first. */
export function layoutRankScatter(model: RankScatterModel, size: Size): RankScatterGeometry {
  const area = areaOf(size);
  const { points, axis } = model;
  const someDiverged = points.some((point) => point.accuracy === null);
  const floor = someDiverged ? area.bottom - FLOOR : null;
  const last = Math.max(points.length, 1) + 0.6;
  const scores = points.length > 0 ? points.map((point) => point.score) : [0, 1];
  const xRange =
    axis === 'ranks' ? [last, 0.4] : padded(Math.min(...scores), Math.max(...scores), 0.05);
  const yRange = axis === 'ranks' ? [last, 0.4] : accuracyRange(model);
  const x = scaleLinear(xRange, [area.left, area.right]);
  const y = scaleLinear(yRange, [floor ?? area.bottom, area.top]);
  const marks = points
    .map((point): ScatterMark => {
      const { key, accuracy } = point;
      const truth = axis === 'ranks' ? point.accuracyRank : (accuracy ?? 0);
      return {
        key,
        point,
        x: px(x(axis === 'ranks' ? point.scoreRank : point.score)),
        y: accuracy === null ? area.bottom - FLOOR / 2 : px(y(truth)),
        bar: errorBar(point, model, y),
        diverged: accuracy === null,
      };
    })
    .sort((a, b) => a.x - b.x || b.y - a.y);
  const places = new Map(marks.map((mark) => [mark.key, mark]));
  const links = model.linked.flatMap(([from, to]): ScatterLink[] => {
    const [a, b] = [places.get(from), places.get(to)];
    return a && b ? [{ key: `${from}|${to}`, x1: a.x, y1: a.y, x2: b.x, y2: b.y }] : [];
  });
  const [low = 0, high = 1] = yRange;
  const shown = axis === 'values' && model.chance !== null;
  const level = shown && model.chance > low && model.chance < high ? model.chance : null;
  return {
    ...size,
    area,
    x,
    y,
    marks,
    links,
    guide: guidePath(model, x, y),
    floor,
    chance:
      level === null
        ? null
        : layoutChance(area, y(level), level, marks.flatMap(outline), VALUES_HEADING),
  };
}
