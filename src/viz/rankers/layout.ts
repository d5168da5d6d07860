/** Geometry of the ranker table: columns that fit the width, a row a ranker, intervals as spans. */
import { type ScaleLinear, scaleLinear } from 'd3';
import type { Size } from '../shared/chart.ts';
import {
  type EstimateModel,
  estimateText,
  signedStatistic,
  statistic,
} from '../shared/estimate.ts';
import { clamp, px } from '../shared/geometry.ts';
import { figureWidth, fitText, textWidth } from '../shared/text.ts';
import type { RankerRow, RankersModel } from './model.ts';

export const FOREST_FONT = 12;

/** One mark on a scale; positions are absolute x. */
export interface ForestMark {
  readonly key: 'single' | 'ensemble' | 'difference';
  readonly x: number;
  /** Offset from the middle of the row's drawing. */
  readonly dy: number;
  readonly span: { readonly from: number; readonly to: number } | null;
  readonly filled: boolean;
}

export interface ForestRow {
  readonly key: string;
  readonly row: RankerRow;
  readonly top: number;
  readonly name: string;
  readonly marks: readonly ForestMark[];
  readonly value: string;
  readonly difference: string;
  /** The interval of the difference excludes 0. */
  readonly clear: boolean;
}

export interface ForestColumn {
  readonly left: number;
  readonly right: number;
  readonly x: ScaleLinear<number, number>;
}

export interface ForestGeometry extends Size {
  /** Two lines a row. */
  readonly narrow: boolean;
  readonly head: number;
  readonly rowHeight: number;
  /** Where name and drawing lie below the top of a row. */
  readonly nameY: number;
  readonly drawingY: number;
  readonly values: ForestColumn;
  /** Drawn differences; null where there is no room, or no baseline. */
  readonly differences: ForestColumn | null;
  /** Right ends of the texts. */
  readonly valueX: number;
  readonly differenceX: number | null;
  readonly rows: readonly ForestRow[];
  readonly bottom: number;
  readonly ceilingX: number | null;
  readonly neutralX: number | null;
}

const HEAD = 46;
const FOOT = 26;
const NAME_LEFT = 24;

/** What a row is judged by: the average of its supernets where there is one. */
export const judged = (row: RankerRow): EstimateModel => row.ensemble ?? row.single;

function valueText(row: RankerRow, digits: number): string {
  const text = estimateText(judged(row), digits);
  return row.ensemble ? `${statistic(row.single.value, digits)} · ${text}` : text;
}

function differenceText(row: RankerRow, model: RankersModel, full: boolean): string {
  if (row.key === model.baseline) return 'baseline';
  if (!row.difference || row.difference.value === null) return '';
  const { digits } = model.metric;
  const { value, interval } = row.difference;
  if (!full) return signedStatistic(value, digits);
  return estimateText({ value, interval }, digits).replace(
    statistic(value, digits),
    signedStatistic(value, digits),
  );
}

const excludesZero = ({ difference }: RankerRow): boolean =>
  difference?.interval ? difference.interval[0] > 0 || difference.interval[1] < 0 : false;

const ends = (estimates: readonly (EstimateModel | null)[]): number[] =>
  estimates.flatMap((estimate) =>
    estimate && estimate.value !== null ? [estimate.value, ...(estimate.interval ?? [])] : [],
  );

function valueDomain({ rows, metric, ceiling }: RankersModel): [number, number] {
  const all = ends(rows.flatMap((row) => [row.single, row.ensemble]));
  if (metric.neutral !== null) all.push(metric.neutral);
  if (ceiling !== null) all.push(ceiling);
  const [low, high] = all.length > 0 ? [Math.min(...all), Math.max(...all)] : [0, 1];
  const margin = 0.03 * (high - low || 1);
  return [
    Math.max(metric.low ?? Number.NEGATIVE_INFINITY, low - margin),
    Math.min(metric.high ?? Number.POSITIVE_INFINITY, high + margin),
  ];
}

function differenceDomain({ rows }: RankersModel): [number, number] {
  const all = ends(rows.map((row) => row.difference));
  const most = Math.max(1e-6, ...all.map(Math.abs));
  return [-1.05 * most, 1.05 * most];
}

function column(left: number, right: number, domain: [number, number]): ForestColumn {
  const end = Math.max(left + 40, right);
  return { left: px(left), right: px(end), x: scaleLinear(domain, [left, end]) };
}

interface Columns {
  readonly nameWidth: number;
  readonly values: ForestColumn;
  readonly differences: ForestColumn | null;
  readonly valueX: number;
  readonly differenceX: number | null;
  /** Whether differences are written with their intervals, which the table has in any case. */
  readonly fullDifferences: boolean;
}

const GAP = 16;

/** Below this the drawn intervals say more than written ones. */
const LEAST_DRAWING = 240;

/** Room for the column's head. */
const LEAST_DIFFERENCE = 64;

function columnsOf(model: RankersModel, width: number, narrow: boolean): Columns {
  const { digits } = model.metric;
  const widest = (texts: readonly string[], widthOf = figureWidth) =>
    Math.max(0, ...texts.map((text) => widthOf(text, FOREST_FONT)));
  const valueWidth = widest(model.rows.map((row) => valueText(row, digits)));
  const differences = (full: boolean) =>
    widest(model.rows.map((row) => differenceText(row, model, full)));
  let differenceWidth = differences(true);
  const compared = differenceWidth > 0;
  const end = width - 8;
  const domain = valueDomain(model);
  if (narrow) {
    const right = compared ? end - differenceWidth - GAP : end - GAP;
    return {
      nameWidth: end - NAME_LEFT - valueWidth - GAP,
      values: column(NAME_LEFT, right, domain),
      differences: null,
      valueX: end,
      differenceX: compared ? end : null,
      fullDifferences: true,
    };
  }
  const names =
    widest(
      model.rows.map((row) => row.name),
      textWidth,
    ) + 8;
  const nameWidth = Math.min(names, 0.28 * width);
  const left = NAME_LEFT + nameWidth + GAP;
  const room = () => end - left - valueWidth - GAP - (compared ? differenceWidth + GAP : 0);
  const fullDifferences = room() >= LEAST_DRAWING;
  if (!fullDifferences) differenceWidth = Math.max(differences(false), LEAST_DIFFERENCE);
  const rest = room();
  const drawn = compared && rest > 380;
  const valueRight = left + (drawn ? 0.62 * rest : rest);
  const valueX = valueRight + GAP + valueWidth;
  return {
    nameWidth,
    values: column(left, valueRight, domain),
    differences: drawn
      ? column(valueX + GAP * 1.5, end - differenceWidth - GAP, differenceDomain(model))
      : null,
    valueX: px(valueX),
    differenceX: compared ? end : null,
    fullDifferences,
  };
}

function markOf(
  key: ForestMark['key'],
  estimate: EstimateModel | null,
  { x, left, right }: ForestColumn,
  dy: number,
  filled: boolean,
): ForestMark[] {
  if (!estimate || estimate.value === null) return [];
  const within = (value: number) => px(clamp(x(value), left, right));
  const { interval } = estimate;
  const span = interval ? { from: within(interval[0]), to: within(interval[1]) } : null;
  return [{ key, x: within(estimate.value), dy, span, filled }];
}

/** Columns by width: one line a row from 560 px on, two below; differences drawn where they fit. */
export function layoutRankers(
  model: RankersModel,
  size: { readonly width: number },
): ForestGeometry {
  const narrow = size.width < 560;
  const columns = columnsOf(model, size.width, narrow);
  const rowHeight = narrow ? 46 : 28;
  const rows = model.rows.map((row, i): ForestRow => {
    const clear = excludesZero(row);
    const both = row.ensemble !== null && row.ensemble.value !== null;
    return {
      key: row.key,
      row,
      top: HEAD + i * rowHeight,
      name: fitText(row.name, columns.nameWidth, FOREST_FONT),
      marks: [
        ...markOf('single', row.single, columns.values, both ? 5.5 : 0, !both),
        ...markOf('ensemble', row.ensemble, columns.values, -4, true),
        ...(columns.differences
          ? markOf('difference', row.difference, columns.differences, 0, clear)
          : []),
      ],
      value: valueText(row, model.metric.digits),
      difference: differenceText(row, model, columns.fullDifferences),
      clear,
    };
  });
  const bottom = HEAD + rows.length * rowHeight;
  const { x } = columns.values;
  const { neutral } = model.metric;
  return {
    width: size.width,
    height: bottom + FOOT,
    narrow,
    head: HEAD,
    rowHeight,
    nameY: narrow ? 13 : rowHeight / 2,
    drawingY: narrow ? 32 : rowHeight / 2,
    ...columns,
    rows,
    bottom,
    ceilingX: model.ceiling === null ? null : px(x(model.ceiling)),
    neutralX: neutral === null ? null : px(x(neutral)),
  };
}
