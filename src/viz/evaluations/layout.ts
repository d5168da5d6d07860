/** Geometry of the evaluations: a mark each from left to right, the best so far, lines of descent. */
import { type ScaleLinear, scaleLinear } from 'd3';
import type { PlotArea } from '../shared/axes.ts';
import { type ChanceMark, layoutChance } from '../shared/chanceLabel.ts';
import type { Size } from '../shared/chart.ts';
import { at, type Point } from '../shared/curves.ts';
import { clamp, px } from '../shared/geometry.ts';
import { padded } from '../shared/plotMarks.ts';
import { bestSoFar, type Descent, descents, familyOf } from './history.ts';
import type { EvaluationMark, EvaluationsModel } from './model.ts';

export interface PlacedEvaluation extends Point {
  /** Index of the evaluation, as text. */
  readonly key: string;
  readonly index: number;
  readonly item: EvaluationMark;
  /** Chosen, or an ancestor of the chosen one. */
  readonly family: boolean;
}

export interface LineageLine extends Descent {
  readonly key: string;
  readonly path: string;
  /** Part of the descent of the chosen one. */
  readonly family: boolean;
}

export interface EvaluationsGeometry extends Size {
  readonly area: PlotArea;
  /** Above the top left corner of the plot. */
  readonly heading: string;
  /** Number of the evaluation, from 1. */
  readonly x: ScaleLinear<number, number>;
  /** Accuracy, 0..1. */
  readonly y: ScaleLinear<number, number>;
  /** In the order of training: the order of the arrow keys. */
  readonly marks: readonly PlacedEvaluation[];
  /** Scale of the shapes, and the radius around a mark that answers to the pointer. */
  readonly scale: number;
  readonly reach: number;
  /** Corners of the best so far, from left to right; none if every training diverged. */
  readonly incumbent: readonly Point[];
  readonly lineages: readonly LineageLine[];
  /** Width and opacity of a line of descent that is not of the family. */
  readonly thread: { readonly width: number; readonly opacity: number };
  /** Line that diverged trainings lie below; null without any. */
  readonly floor: number | null;
  /** Accuracy of guessing, where the plot shows it. */
  readonly chance: ChanceMark | null;
}

/** On a telephone the name of the line of guessing has to stand beside it. */
const headingOf = (width: number) => (width < 400 ? 'Accuracy (%)' : 'Validation accuracy (%)');

const FLOOR = 26;
/** Below so many the axis ends there all the same, and its ticks are whole numbers. */
const FEWEST = 10;
const TICK = 80;
/** Of the shapes, before they are scaled. */
export const RADIUS = 10;

function areaOf({ width, height }: Size): PlotArea {
  const [left, top] = [50, 26];
  return {
    left,
    right: Math.max(left + 60, width - 14),
    top,
    bottom: Math.max(top + 80, height - 42),
  };
}

/** Half a place free on both sides. */
function numberScale({ evaluations, limit }: EvaluationsModel, { left, right }: PlotArea) {
  const ticks = Math.ceil((right - left) / TICK);
  const last = Math.max(evaluations.length, limit ?? 0, FEWEST, ticks);
  return scaleLinear([0.5, last + 0.5], [left, right]);
}

/** The corners of the best so far; it reaches half a place beyond the last evaluation. */
function incumbentOf(
  best: readonly (number | null)[],
  x: ScaleLinear<number, number>,
  y: ScaleLinear<number, number>,
): readonly Point[] {
  let before: number | null = null;
  const corners: Point[] = [];
  best.forEach((accuracy, i) => {
    if (accuracy === null || accuracy === before) return;
    if (before !== null) corners.push({ x: px(x(i + 1)), y: px(y(before)) });
    corners.push({ x: px(x(i + 1)), y: px(y(accuracy)) });
    before = accuracy;
  });
  if (before !== null) corners.push({ x: px(x(best.length + 0.5)), y: px(y(before)) });
  return corners;
}

function lineagesOf(
  marks: readonly PlacedEvaluation[],
  evaluations: readonly EvaluationMark[],
): readonly LineageLine[] {
  return descents(evaluations).flatMap(({ child, parent }): LineageLine[] => {
    const [from, to] = [marks[parent], marks[child]];
    if (!from || !to) return [];
    const middle = (from.x + to.x) / 2;
    return [
      {
        key: `${parent}>${child}`,
        child,
        parent,
        path: `M${at(from.x, from.y)}C${at(middle, from.y)} ${at(middle, to.y)} ${at(to.x, to.y)}`,
        // All parents of a member of the family are members too.
        family: to.family,
      },
    ];
  });
}

/** Around a shape of that radius, as a curve that its name keeps away from. */
const outline = ({ x, y }: Point, r: number): readonly Point[] => [
  { x: x - r, y },
  { x, y: y - r },
  { x: x + r, y },
  { x, y: y + r },
  { x: x - r, y },
];

/** The line of guessing, if the plot shows its accuracy, with its name where no mark is. */
function chanceOf(
  chance: number | null,
  area: PlotArea,
  y: ScaleLinear<number, number>,
  curves: readonly (readonly Point[])[],
  heading: string,
): ChanceMark | null {
  const [low = 0, high = 1] = y.domain();
  if (chance === null || chance <= low || chance >= high) return null;
  return layoutChance(area, y(chance), chance, curves, heading);
}

/** Scales, marks and lines; the more evaluations the axis has room for, the smaller and thinner. */
export function layoutEvaluations(model: EvaluationsModel, size: Size): EvaluationsGeometry {
  const { evaluations, selected } = model;
  const area = areaOf(size);
  const heading = headingOf(size.width);
  const known = evaluations.flatMap(({ accuracy }) => (accuracy === null ? [] : [accuracy]));
  const floor = known.length < evaluations.length ? area.bottom - FLOOR : null;
  const range: [number, number] =
    known.length > 0 ? padded(Math.min(...known), Math.max(...known), 0.06) : [0, 1];
  const x = numberScale(model, area);
  const y = scaleLinear(range, [floor ?? area.bottom, area.top]);
  const family = familyOf(selected, evaluations);
  const marks = evaluations.map((item, index) => ({
    key: String(index),
    index,
    item,
    family: family.has(index),
    x: px(x(index + 1)),
    y: item.accuracy === null ? area.bottom - FLOOR / 2 : px(y(item.accuracy)),
  }));
  const incumbent = incumbentOf(bestSoFar(evaluations), x, y);
  const pitch = x(2) - x(1);
  const scale = Math.round(100 * clamp(pitch / 14, 0.35, 0.7)) / 100;
  const outlines = marks.map((mark) => outline(mark, RADIUS * scale));
  return {
    ...size,
    area,
    heading,
    x,
    y,
    marks,
    scale,
    reach: px(clamp(pitch / 2, RADIUS * scale, 11)),
    incumbent,
    lineages: lineagesOf(marks, evaluations),
    thread: {
      width: Math.round(100 * clamp(pitch / 12, 0.5, 1.2)) / 100,
      opacity: Math.round(100 * clamp(pitch / 10, 0.25, 0.8)) / 100,
    },
    floor,
    chance: chanceOf(model.chance, area, y, [...outlines, incumbent], heading),
  };
}
