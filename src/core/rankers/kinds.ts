/** What the rankers of one kind share, so that each file says only what is its own. */

import { architectureCost, type Cost } from '../architecture.ts';
import { type CellFacts, facts } from '../cell.ts';
import { readCell } from '../cellId.ts';
import type { ProxyKey } from '../proxies/registry.ts';
import type { ProxyDescriptor } from '../proxies/types.ts';
import type { StageTable } from '../ranks.ts';
import { choiceParts } from '../region.ts';
import type { EveryPath } from './readout.ts';
import type {
  CellRanker,
  ChoiceRanker,
  RankerDescriptor,
  Reading,
  ReadingPart,
  SupernetRanker,
} from './types.ts';

type Own = Omit<RankerDescriptor, 'kind' | 'needs'>;

/** A reading in which these parts are there. */
type With<P extends ReadingPart> = { readonly [K in P]: NonNullable<Reading[K]> };

function has<P extends ReadingPart>(
  reading: Reading,
  needs: readonly P[],
): reading is Reading & With<P> {
  return needs.every((part) => reading[part] !== null);
}

/** A ranker whose score adds up over the stages. It sees what it needs and no more. */
export function supernetRanker<P extends ReadingPart>(
  { needs, ...own }: Own & { readonly needs: readonly P[] },
  table: (reading: With<P>, sizes: readonly number[]) => StageTable,
): SupernetRanker {
  return {
    form: 'supernet',
    descriptor: { ...own, kind: 'supernet', needs },
    table: (reading) => {
      const sizes = reading.weights.map((row) => row.length);
      return has(reading, needs) ? table(reading, sizes) : null;
    },
  };
}

/** Minus the losses: the lower, the better. */
export const negated = (losses: StageTable): number[][] =>
  losses.map((stage) => stage.map((loss) => -loss));

/** Place of a choice in the list of all paths: the last stage runs fastest. */
const pathIndex = (sizes: readonly number[], choice: readonly number[]) =>
  sizes.reduce((place, size, s) => place * size + choice[s]!, 0);

/** A ranker that reads every single path; the mean over the supernets. */
export function pathRanker(
  own: Own,
  values: (paths: EveryPath) => readonly number[],
): ChoiceRanker {
  return {
    form: 'choices',
    descriptor: { ...own, kind: 'supernet', needs: ['exhaustive'] },
    scores: ({ region, contenders }, readings) => {
      const lists = readings.flatMap(({ exhaustive }) => (exhaustive ? [values(exhaustive)] : []));
      const whole = lists.length > 0 && lists.length === readings.length;
      const sizes = region.map((stage) => stage.length);
      return contenders.map(({ choice }) => {
        if (!whole) return null;
        const place = pathIndex(sizes, choice);
        return lists.reduce((sum, list) => sum + list[place]!, 0) / lists.length;
      });
    },
  };
}

/** A baseline that counts something in every cell, summed over the stages. */
export function countRanker(own: Own, count: (cell: CellFacts) => number): CellRanker {
  return {
    form: 'cells',
    descriptor: { ...own, kind: 'size', needs: ['size'] },
    table: (region) =>
      region.map((cells) =>
        cells.map((cell) => {
          const { vertices, mask } = readCell(cell);
          return count(facts(vertices, mask));
        }),
      ),
  };
}

/** A baseline that reads the cost of the whole network; stages, stems and classifier included. */
export function costRanker(own: Own, pick: (cost: Cost) => number): ChoiceRanker {
  return {
    form: 'choices',
    descriptor: { ...own, kind: 'size', needs: ['size'] },
    scores: ({ region, shape, contenders }) =>
      contenders.map(({ choice }) => pick(architectureCost(shape, choiceParts(region, choice)))),
  };
}

/** A score of the untrained network. */
export function proxyRanker({ key, passes: _, ...own }: ProxyDescriptor<ProxyKey>): ChoiceRanker {
  return {
    form: 'choices',
    descriptor: { ...own, kind: 'proxy', needs: ['proxies'] },
    scores: ({ contenders }) => contenders.map(({ proxies }) => proxies?.[key] ?? null),
  };
}
