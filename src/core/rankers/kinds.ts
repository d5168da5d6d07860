/** What the rankers of one kind share, so that each file says only what is its own. */

import type { Cost } from '../architecture.ts';
import { type CellFacts, facts } from '../cell.ts';
import { choiceScore, ensembleRanks, type StageTable } from '../ranks.ts';
import { choiceMasks } from '../region.ts';
import type { ProxyValues, SupernetReadout } from '../study/events.ts';
import { choiceId } from '../study/reducer.ts';
import { studyCost } from '../study/shape.ts';
import type { RankerDescriptor, Reading, StudyRanker } from './types.ts';

type Own = Omit<RankerDescriptor, 'kind'>;
type Choices = readonly (readonly number[])[];

const none = (choices: Choices): readonly null[] => choices.map(() => null);

const sums = (table: StageTable, choices: Choices) =>
  choices.map((choice) => choiceScore(table, choice));

/** A ranker whose score adds up over the stages: its table R, averaged over the supernets. */
export function additiveRanker(
  own: Own,
  table: (reading: Reading) => StageTable | null,
): StudyRanker {
  return {
    descriptor: { ...own, kind: 'supernet' },
    scores: (_, readings, choices) => {
      const tables = readings.map(table);
      const whole = tables.filter((one) => one !== null);
      return whole.length > 0 && whole.length === tables.length
        ? sums(ensembleRanks(whole), choices)
        : none(choices);
    },
  };
}

/** A ranker that reads the tables of a readout. */
export function readoutRanker(
  own: Own,
  table: (readout: SupernetReadout, reading: Reading) => StageTable,
): StudyRanker {
  return additiveRanker(own, (reading) => reading.readout && table(reading.readout, reading));
}

type Exhaustive = NonNullable<SupernetReadout['exhaustive']>;

/** Place of a choice in the list of all paths: the last stage runs fastest. */
const pathIndex = (sizes: readonly number[], choice: readonly number[]) =>
  sizes.reduce((place, size, s) => place * size + choice[s]!, 0);

/** A ranker that reads every single path; the mean over the supernets. */
export function pathRanker(
  own: Own,
  values: (paths: Exhaustive) => readonly number[],
): StudyRanker {
  return {
    descriptor: { ...own, kind: 'supernet' },
    scores: ({ config }, readings, choices) => {
      const lists = readings.flatMap(({ readout }) =>
        readout?.exhaustive ? [values(readout.exhaustive)] : [],
      );
      if (!config || lists.length === 0 || lists.length < readings.length) return none(choices);
      const sizes = config.region.stages.map((stage) => stage.length);
      return choices.map((choice) => {
        const place = pathIndex(sizes, choice);
        return lists.reduce((sum, list) => sum + list[place]!, 0) / lists.length;
      });
    },
  };
}

/** A baseline that counts something in every cell, summed over the stages. */
export function countRanker(own: Own, count: (cell: CellFacts) => number): StudyRanker {
  return {
    descriptor: { ...own, kind: 'size' },
    scores: ({ config }, _, choices) => {
      if (!config) return none(choices);
      const { vertices, stages } = config.region;
      const table = stages.map((masks) => masks.map((mask) => count(facts(vertices, mask))));
      return sums(table, choices);
    },
  };
}

/** A baseline that reads the cost of the whole network; stages, stems and classifier included. */
export function costRanker(own: Own, pick: (cost: Cost) => number): StudyRanker {
  return {
    descriptor: { ...own, kind: 'size' },
    scores: ({ config }, _, choices) => {
      if (!config) return none(choices);
      return choices.map((choice) => pick(studyCost(config, choiceMasks(config.region, choice))));
    },
  };
}

/** A score of the untrained network. */
export function proxyRanker(own: Own, pick: (values: ProxyValues) => number | null): StudyRanker {
  return {
    descriptor: { ...own, kind: 'proxy' },
    scores: ({ config, architectures, others }, _, choices) => {
      if (!config) return none(choices);
      const known = new Map(
        [...architectures, ...others].map((one) => [one.architecture, one.proxies]),
      );
      return choices.map((choice) => {
        const values = known.get(choiceId(config.region, choice));
        return values ? pick(values) : null;
      });
    },
  };
}
