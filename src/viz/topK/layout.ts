/** Geometry of the top-k strip: architectures in the order of truth, the predicted top k marked. */
import { type ScaleLinear, scaleLinear } from 'd3';
import type { PlotArea } from '../shared/axes.ts';
import type { Size } from '../shared/chart.ts';
import { px } from '../shared/geometry.ts';
import { padded } from '../shared/plotMarks.ts';
import type { TopKModel } from './model.ts';

export type TopKArchitecture = TopKModel['architectures'][number];

export interface TopKMark {
  readonly key: string;
  readonly item: TopKArchitecture;
  /** Place by truth, from 1. */
  readonly place: number;
  readonly x: number;
  readonly y: number;
  /** In the predicted top k: no, wholly, or in part through ties. */
  readonly predicted: 'no' | 'yes' | 'tied';
  /** In the true top k. */
  readonly wanted: boolean;
}

export interface TopKGeometry extends Size {
  readonly area: PlotArea;
  /** Places. */
  readonly x: ScaleLinear<number, number>;
  /** Accuracy as a share. */
  readonly y: ScaleLinear<number, number>;
  readonly pitch: number;
  readonly marks: readonly TopKMark[];
  /** Right end of the true top k. */
  readonly border: number;
  /** From the best accuracy to the best in the predicted top k; null if either is unknown. */
  readonly regret: { readonly x: number; readonly top: number; readonly bottom: number } | null;
  readonly floor: number | null;
}

const FLOOR = 22;

/** The best accuracy among those that are in the predicted top k for certain. */
function bestPredicted(model: TopKModel): TopKArchitecture | null {
  return (
    model.architectures.find(({ membership, accuracy }) => membership >= 1 && accuracy !== null) ??
    null
  );
}

export function layoutTopK(model: TopKModel, size: Size): TopKGeometry {
  const { architectures, k } = model;
  const n = Math.max(1, architectures.length);
  const left = 46;
  const area = {
    left,
    right: Math.max(left + 60, size.width - 14),
    top: size.width < 520 ? 62 : 44,
    bottom: size.height - 42,
  };
  const accuracies = architectures.flatMap(({ accuracy }) => (accuracy === null ? [] : [accuracy]));
  const floor = accuracies.length < architectures.length ? area.bottom - FLOOR : null;
  const domain =
    accuracies.length > 0 ? padded(Math.min(...accuracies), Math.max(...accuracies), 0.13) : [0, 1];
  const x = scaleLinear([0.5, n + 0.5], [area.left, area.right]);
  const y = scaleLinear(domain, [floor ?? area.bottom, area.top]);
  const marks = architectures.map((item, i): TopKMark => {
    const predicted = item.membership >= 1 ? 'yes' : item.membership > 0 ? 'tied' : 'no';
    return {
      key: item.key,
      item,
      place: i + 1,
      x: px(x(i + 1)),
      y: item.accuracy === null ? px(area.bottom - FLOOR / 2) : px(y(item.accuracy)),
      predicted,
      wanted: i < k,
    };
  });
  const best = bestPredicted(model);
  const top = accuracies.length > 0 ? Math.max(...accuracies) : null;
  const at = best ? architectures.indexOf(best) + 1 : 0;
  return {
    ...size,
    area,
    x,
    y,
    pitch: px((area.right - area.left) / n),
    marks,
    border: px(x(Math.min(k, n) + 0.5)),
    regret:
      best?.accuracy && top !== null
        ? { x: px(x(at)), top: px(y(top)), bottom: px(y(best.accuracy)) }
        : null,
    floor,
  };
}
