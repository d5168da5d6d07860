/** The architectures of a study as sortable rows. Pure. */
import type { PartId } from '../../../core/space/ids.ts';
import { studyCost } from '../../../core/study/shape.ts';
import { choiceName, scatterPoints } from '../models.ts';
import type { Reported } from '../useStudy.ts';

export interface ArchitectureRow {
  readonly id: string;
  readonly name: string;
  /** One a stage. */
  readonly cells: readonly PartId[];
  readonly accuracy: number | null;
  readonly deviation: number | null;
  readonly seeds: number;
  readonly status: 'measured' | 'failed' | 'unmeasured';
  /** Places, 1 is best; null without accuracy or score. */
  readonly truePlace: number | null;
  readonly rankerPlace: number | null;
  readonly parameters: number;
  readonly flops: number;
}

export type SortKey = 'name' | 'accuracy' | 'rankerPlace' | 'misplaced' | 'parameters' | 'flops';

/** All selected architectures, in the order of selection. */
export function architectureRows({ view, report, ranker }: Reported): readonly ArchitectureRow[] {
  const { config } = view;
  if (!config) return [];
  const { truth } = report.analysis;
  const points = new Map(scatterPoints(view, report.analysis, ranker).map((one) => [one.key, one]));
  return view.architectures.map((one, index) => {
    const point = points.get(one.architecture);
    const cost = studyCost(config, one.cells);
    return {
      id: one.architecture,
      name: choiceName(one.choice),
      cells: one.cells,
      accuracy: truth.mean[index] ?? null,
      deviation: truth.std[index] ?? null,
      seeds: one.evaluations.length,
      status: truth.status[index] ?? 'unmeasured',
      truePlace: point?.accuracyRank ?? null,
      rankerPlace: point?.scoreRank ?? null,
      parameters: cost.parameters,
      flops: cost.flops,
    };
  });
}

/** How far the ranker is off, in places. */
export const misplaced = ({ truePlace, rankerPlace }: ArchitectureRow): number | null =>
  truePlace === null || rankerPlace === null ? null : Math.abs(truePlace - rankerPlace);

const VALUES: { readonly [K in SortKey]: (row: ArchitectureRow) => number | string | null } = {
  name: (row) => row.name,
  accuracy: (row) => (row.accuracy === null ? null : -row.accuracy),
  rankerPlace: (row) => row.rankerPlace,
  misplaced: (row) => {
    const places = misplaced(row);
    return places === null ? null : -places;
  },
  parameters: (row) => row.parameters,
  flops: (row) => row.flops,
};

/** Sorted, the best or largest error first; rows without a value come last either way. */
export function sortRows(
  rows: readonly ArchitectureRow[],
  key: SortKey,
  reversed: boolean,
): readonly ArchitectureRow[] {
  const value = VALUES[key];
  const sign = reversed ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    if (typeof x === 'string' || typeof y === 'string') {
      return sign * String(x).localeCompare(String(y), 'en', { numeric: true });
    }
    return sign * (x - y);
  });
}
