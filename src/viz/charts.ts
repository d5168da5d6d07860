/**
 * All charts of the lab, in the order of the gallery. A list of charts of different models: each entry
 * keeps its model to itself and offers what can be done without knowing it.
 */
import { alphaChart } from './alpha/index.ts';
import { cellChart } from './cell/index.ts';
import { confusionChart } from './confusion/index.ts';
import { correlationChart } from './correlation/index.ts';
import { evaluationsChart } from './evaluations/index.ts';
import { evolutionChart } from './evolution/index.ts';
import { liveCurvesChart } from './liveCurves/index.ts';
import { networkChart } from './network/index.ts';
import { probabilitiesChart } from './probabilities/index.ts';
import { rankersChart } from './rankers/index.ts';
import { rankScatterChart } from './rankScatter/index.ts';
import type { Chart, ChartOptions, ChartTable, Rendered } from './shared/chart.ts';
import { spaceChart } from './space/index.ts';
import { splitHalfChart } from './splitHalf/index.ts';
import { thetaChart } from './theta/index.ts';
import { timelineChart } from './timeline/index.ts';
import { topKChart } from './topK/index.ts';
import { trainingChart } from './training/index.ts';

/** One fixture of a chart, ready to be drawn. */
export interface Specimen {
  readonly name: string;
  readonly draw: (svg: SVGSVGElement, options: ChartOptions) => Rendered;
  readonly description: string;
  readonly table: ChartTable;
}

export interface ListedChart {
  readonly id: string;
  readonly title: string;
  readonly specimens: () => Promise<readonly Specimen[]>;
}

function list<Model>({ id, title, render, describe, table, fixtures }: Chart<Model>): ListedChart {
  const specimens = async () =>
    (await fixtures()).map(({ name, model }) => ({
      name,
      draw: (svg: SVGSVGElement, options: ChartOptions) => render(svg, model, options),
      description: describe(model),
      table: table(model),
    }));
  return { id, title, specimens };
}

export const charts: readonly ListedChart[] = [
  list(timelineChart),
  list(spaceChart),
  list(cellChart),
  list(trainingChart),
  list(alphaChart),
  list(evolutionChart),
  list(evaluationsChart),
  list(thetaChart),
  list(rankScatterChart),
  list(rankersChart),
  list(correlationChart),
  list(splitHalfChart),
  list(topKChart),
  list(networkChart),
  list(liveCurvesChart),
  list(confusionChart),
  list(probabilitiesChart),
];
