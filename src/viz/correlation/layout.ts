/** Geometry of the correlation against supernet steps: one line a ranker, intervals of the chosen. */
import { area as band, line, type ScaleLinear, scaleLinear } from 'd3';
import type { PlotArea } from '../shared/axes.ts';
import type { Size } from '../shared/chart.ts';
import { CURVE_FONT, labelWidth, legendPlaces, SAMPLE } from '../shared/curveLabels.ts';
import { clamp, px, spread } from '../shared/geometry.ts';
import { stepScale } from '../shared/plotMarks.ts';
import { fitText, textWidth } from '../shared/text.ts';
import type { CorrelationCurveModel, CorrelationLine } from './model.ts';

export interface CorrelationStream {
  readonly key: string;
  readonly line: CorrelationLine;
  readonly path: string;
  readonly dots: readonly { readonly step: number; readonly x: number; readonly y: number }[];
  /** Band of the intervals; empty but for the chosen line. */
  readonly band: string;
  /** Where the line ends; null without any value. */
  readonly end: { readonly x: number; readonly y: number } | null;
  /** Place of its label beside the plot, or of its entry in the legend below. */
  readonly label: { readonly x: number; readonly y: number; readonly name: string };
}

export interface CorrelationGeometry extends Size {
  readonly area: PlotArea;
  /** Labels stand beside the plot; else in a legend below it. */
  readonly beside: boolean;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly streams: readonly CorrelationStream[];
  /** Steps with a value, ascending: where the cross-hair stands. */
  readonly steps: readonly number[];
  readonly alphaX: number | null;
}

/** Room for the value after a name. */
const VALUE = 46;

function valueDomain(model: CorrelationCurveModel): [number, number] {
  const values = model.lines.flatMap(({ key, points }) =>
    points.flatMap(({ value, interval }) => [
      ...(value === null ? [] : [value]),
      ...(key === model.selected && interval ? interval : []),
    ]),
  );
  const all = [0, ...values, ...(model.ceiling === null ? [] : [model.ceiling])];
  return [
    Math.max(-1, Math.min(...all) - 0.05),
    Math.min(1, Math.max(0.5, Math.max(...all) + 0.05)),
  ];
}

/** Labels stand beside the plot from 560 px on. `height` is that of the plot with its axes. */
export function layoutCorrelation(model: CorrelationCurveModel, size: Size): CorrelationGeometry {
  const beside = size.width >= 560;
  const names = model.lines.map(({ name }) => textWidth(name, CURVE_FONT));
  const room = Math.min(Math.max(60, ...names), size.width * 0.26);
  const left = 44;
  const right = size.width - (beside ? room + SAMPLE + VALUE : 14);
  const area = { left, right, top: 28, bottom: size.height - 42 };
  const x = stepScale(area, model.totalSteps);
  const y = scaleLinear(valueDomain(model), [area.bottom, area.top]);
  const ends = model.lines.map((one) => one.points.findLast((point) => point.value !== null));
  const labelYs = spread(
    ends.map((end) => y(end?.value ?? 0)),
    15,
    area.top + 4,
    area.bottom - 4,
  );
  const below = legendPlaces(
    model.lines.map(({ name }) => labelWidth(name) + VALUE),
    size.width,
    size.height + 10,
  );
  const streams = model.lines.map((one, i): CorrelationStream => {
    const end = ends[i];
    const known = one.points.flatMap(({ step, value, interval }) =>
      value === null ? [] : [{ step, value, interval }],
    );
    const path = line<(typeof known)[number]>()
      .x((point) => px(x(point.step)))
      .y((point) => px(y(point.value)));
    const within = (value: number) => px(clamp(y(value), area.top, area.bottom));
    const edge = band<(typeof known)[number]>()
      .defined((point) => point.interval !== null)
      .x((point) => px(x(point.step)))
      .y0((point) => within(point.interval?.[0] ?? 0))
      .y1((point) => within(point.interval?.[1] ?? 0));
    const place = below[i];
    return {
      key: one.key,
      line: one,
      path: path(known) ?? '',
      dots: known.map(({ step, value }) => ({ step, x: px(x(step)), y: px(y(value)) })),
      band: one.key === model.selected ? (edge(known) ?? '') : '',
      end: end ? { x: px(x(end.step)), y: px(y(end.value ?? 0)) } : null,
      label: beside
        ? {
            x: px(area.right + 8),
            y: px(labelYs[i] ?? area.top),
            name: fitText(one.name, room, CURVE_FONT),
          }
        : {
            x: place?.x ?? 0,
            y: place?.y ?? 0,
            name: fitText(one.name, (place?.room ?? 80) - VALUE, CURVE_FONT),
          },
    };
  });
  const steps = [...new Set(model.lines.flatMap((one) => one.points.map(({ step }) => step)))];
  const last = Math.max(size.height, ...streams.map(({ label }) => label.y + 12));
  return {
    width: size.width,
    height: beside ? size.height : last,
    area,
    beside,
    x,
    y,
    streams,
    steps: steps.sort((a, b) => a - b),
    alphaX: model.alphaFrom === null ? null : px(x(model.alphaFrom)),
  };
}
