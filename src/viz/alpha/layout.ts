/** Geometry of the architecture weights: a plot a stage, side by side where there is room. */
import { line, type ScaleLinear, scaleLinear } from 'd3';
import type { PlotArea } from '../shared/axes.ts';
import type { Size } from '../shared/chart.ts';
import { downsample } from '../shared/downsample.ts';
import { px, spread } from '../shared/geometry.ts';
import { candidateKey } from '../shared/keys.ts';
import type { AlphaModel } from './model.ts';

export interface AlphaStream {
  readonly key: string;
  readonly candidate: number;
  readonly path: string;
  readonly last: number;
  readonly end: { readonly x: number; readonly y: number };
  /** End label, moved apart from its neighbours. */
  readonly labelY: number;
}

export interface AlphaPanel {
  readonly stage: number;
  readonly area: PlotArea;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly uniform: number;
  readonly uniformY: number;
  readonly streams: readonly AlphaStream[];
}

export interface AlphaGeometry extends Size {
  readonly panels: readonly AlphaPanel[];
  readonly frozenUntil: number | null;
}

const PANEL = 190;

const LABELS = 58;

/** Height that suits a width: panels beside one another from 300 px each, else stacked. */
function grid(stages: number, width: number) {
  const columns = Math.max(1, Math.min(stages, Math.floor(width / 300)));
  return { columns, rows: Math.ceil(stages / columns) };
}

export function layoutAlpha(
  model: AlphaModel,
  size: { readonly width: number; readonly height?: number | undefined },
): AlphaGeometry {
  const first = model.weights[0] ?? [];
  const { columns, rows } = grid(Math.max(1, first.length), size.width);
  const height = size.height ?? rows * (PANEL + 66);
  const cellWidth = size.width / columns;
  const cellHeight = height / rows;
  const top = Math.max(0.01, ...model.weights.flat(2));
  const reports = downsample(
    model.steps.map((step, i) => ({ step, weights: model.weights[i] ?? [] })),
    1200,
    [(report) => report.weights[0]?.[0] ?? 0],
  );
  const panels = first.map((candidates, stage) => {
    const left = (stage % columns) * cellWidth;
    const head = Math.floor(stage / columns) * cellHeight;
    const area = {
      left: left + 40,
      right: left + cellWidth - LABELS,
      top: head + 26,
      bottom: head + Math.max(70, cellHeight - 40),
    };
    const scale = scaleLinear([0, Math.max(1, model.totalSteps)], [area.left, area.right]);
    const y = scaleLinear(
      [0, Math.max(top, 2 / Math.max(1, candidates.length))],
      [area.bottom, area.top],
    ).nice(4);
    const latest = model.weights[model.weights.length - 1]?.[stage] ?? [];
    const ys = candidates.map((_, i) => y(latest[i] ?? 0));
    const labelYs = spread(ys, 13, area.top + 4, area.bottom - 4);
    const endX = scale(model.steps[model.steps.length - 1] ?? 0);
    const streams = candidates.map((_, candidate): AlphaStream => {
      const path = line<(typeof reports)[number]>()
        .x((report) => px(scale(report.step)))
        .y((report) => px(y(report.weights[stage]?.[candidate] ?? 0)))(reports);
      return {
        key: candidateKey(stage, candidate),
        candidate,
        path: path ?? '',
        last: latest[candidate] ?? 0,
        end: { x: px(endX), y: px(ys[candidate] ?? area.bottom) },
        labelY: px(labelYs[candidate] ?? area.bottom),
      };
    });
    const uniform = 1 / Math.max(1, candidates.length);
    return { stage, area, x: scale, y, uniform, uniformY: px(y(uniform)), streams };
  });
  return { width: size.width, height, panels, frozenUntil: model.frozenUntil };
}
