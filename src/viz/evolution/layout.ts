/** Geometry of the population chart: a column a generation, a band a stage, candidates by rank. */

import type { Size } from '../shared/chart.ts';
import { px } from '../shared/geometry.ts';
import { memberKey } from '../shared/keys.ts';
import type { EvolutionCandidate, EvolutionModel } from './model.ts';

export interface EvolutionMark {
  readonly key: string;
  readonly generation: number;
  readonly stage: number;
  readonly candidate: number;
  /** Place in its stage and generation, 0 = best. */
  readonly place: number;
  readonly x: number;
  readonly y: number;
  /** Scale of the badge, by weight relative to uniform. */
  readonly scale: number;
  readonly item: EvolutionCandidate;
}

export interface EvolutionGeometry extends Size {
  readonly marks: readonly EvolutionMark[];
  readonly lineages: readonly { readonly key: string; readonly path: string }[];
  readonly columns: readonly {
    readonly generation: number;
    readonly x: number;
    readonly labelled: boolean;
  }[];
  readonly bands: readonly {
    readonly stage: number;
    readonly top: number;
    readonly height: number;
    readonly last: number;
  }[];
  readonly left: number;
  /** Size of the small drawing beside each badge; null where there is no room. */
  readonly cell: Size | null;
}

/** Height of the legend and the note below it, when each takes one row. */
const LEGEND = 44;
export const HEAD = 20;
const BAND_GAP = 26;

/** Candidates by rank, best first; unranked ones keep their order. */
export function placesOf(candidates: readonly EvolutionCandidate[]): readonly number[] {
  const order = candidates.map((_, i) => i);
  if (candidates.every((c) => c.rank !== null)) {
    order.sort((a, b) => (candidates[b]?.rank ?? 0) - (candidates[a]?.rank ?? 0));
  }
  const places = new Array<number>(candidates.length).fill(0);
  order.forEach((candidate, place) => {
    places[candidate] = place;
  });
  return places;
}

export function layoutEvolution(
  model: EvolutionModel,
  size: { readonly width: number; readonly height?: number | undefined },
): EvolutionGeometry {
  const { generations } = model;
  const stages = generations[0]?.stages.length ?? 0;
  const k = Math.max(1, ...generations.flatMap((g) => g.stages.map((s) => s.length)));
  const left = 56;
  const pitchX = Math.min(110, (size.width - left - 8) / Math.max(1, generations.length));
  const free = (size.height ?? 0) - HEAD - 30 - LEGEND - stages * BAND_GAP;
  const roomy = pitchX >= 66 && (size.height === undefined || free / Math.max(1, stages * k) >= 40);
  const dense = Math.max(9, Math.min(30, free / Math.max(1, stages * k)));
  const pitchY = roomy ? 46 : size.height === undefined ? 26 : dense;
  const cell = roomy ? { width: Math.min(44, pitchX - 34), height: 42 } : null;
  const shift = cell ? -(cell.width / 2 + 2) : 0;
  const fits = Math.min(1.3, Math.min(pitchX, pitchY) / 22);
  const bands = Array.from({ length: stages }, (_, stage) => ({
    stage,
    top: px(HEAD + 14 + stage * (k * pitchY + BAND_GAP)),
    height: px(k * pitchY),
    last: k,
  }));
  const marks = generations.flatMap((generation, column) =>
    generation.stages.flatMap((candidates, stage) => {
      const places = placesOf(candidates);
      const top = bands[stage]?.top ?? 0;
      return candidates.map((item, candidate): EvolutionMark => {
        const place = places[candidate] ?? candidate;
        const relative = Math.sqrt(Math.min(3, Math.max(0.2, item.weight * candidates.length)));
        return {
          key: memberKey(generation.index, stage, candidate),
          generation: generation.index,
          stage,
          candidate,
          place,
          x: px(left + (column + 0.5) * pitchX + shift),
          y: px(top + (place + 0.5) * pitchY),
          scale: Math.round(Math.min(1.05, Math.max(0.25, fits * 0.72 * relative)) * 100) / 100,
          item,
        };
      });
    }),
  );
  const byKey = new Map(marks.map((mark) => [mark.key, mark]));
  const lineages = marks.flatMap((mark) => {
    const { origin } = mark.item;
    if (origin.kind !== 'elite') return [];
    const { stage = -1, candidate = -1 } = origin.values;
    const parent = byKey.get(memberKey(mark.generation - 1, stage, candidate));
    if (!parent) return [];
    const middle = px((parent.x + mark.x) / 2);
    return [
      {
        key: mark.key,
        path: `M${parent.x} ${parent.y}C${middle} ${parent.y} ${middle} ${mark.y} ${mark.x} ${mark.y}`,
      },
    ];
  });
  const every = Math.max(1, Math.ceil(24 / pitchX));
  const columns = generations.map((generation, column) => ({
    generation: generation.index,
    x: px(left + (column + 0.5) * pitchX),
    labelled: column % every === 0,
  }));
  const lastBand = bands[bands.length - 1];
  const height = (lastBand ? lastBand.top + lastBand.height : HEAD) + 16;
  return { width: size.width, height, marks, lineages, columns, bands, left, cell };
}
