/** A study as one table, a row for each architecture: for CSV files and spreadsheets. */
import { facts } from '../cell.ts';
import { readCell } from '../cellId.ts';
import type { Table } from '../csv.ts';
import { meanOfKnown, standardDeviation } from '../stats/mean.ts';
import type { RankerScores } from './analysisInput.ts';
import type { StudyConfig } from './config.ts';
import { rankerTable } from './rankerTable.ts';
import type { ReadingOptions } from './readings.ts';
import type { ArchitectureView, StudyView } from './reducer.ts';
import { studyCost } from './shape.ts';

const sizeColumns = ['parameters', 'flops', 'depth', 'sinks', 'edges'];

function sizes(config: StudyConfig, { cells: ids }: ArchitectureView): number[] {
  const cells = ids.map((id) => {
    const { vertices, mask } = readCell(id);
    return facts(vertices, mask);
  });
  const { parameters, flops } = studyCost(config, ids);
  const sum = (pick: (cell: (typeof cells)[number]) => number) =>
    cells.reduce((total, cell) => total + pick(cell), 0);
  return [
    parameters,
    flops,
    sum((cell) => cell.depth),
    sum((cell) => cell.sinks),
    sum((cell) => cell.edges),
  ];
}

/** Several readings of one supernet ranker have the number of supernets in their column's name. */
const scoreColumn = ({ id, supernets }: RankerScores) =>
  supernets === 0 ? `score ${id}` : `score ${id} (${supernets})`;

/**
 * Every selected architecture: cells, sizes summed over the stages, accuracies of each training and
 * their mean and standard deviation, and the score of every ranker (higher is better). Empty cells
 * are null: not measured, or diverged.
 */
export function studyTable(view: StudyView, options: ReadingOptions = {}): Table {
  const { config, architectures } = view;
  if (!config) return { columns: [], rows: [] };
  const rankers = rankerTable(view, options);
  const seeds = Math.max(0, ...architectures.map(({ evaluations }) => evaluations.length));
  const columns = [
    'architecture',
    'choice',
    ...config.region.map((_, s) => `cell ${s + 1}`),
    ...sizeColumns,
    'trainings',
    'mean accuracy',
    'std accuracy',
    'mean loss',
    ...Array.from({ length: seeds }, (_, seed) => `accuracy ${seed + 1}`),
    ...rankers.map(scoreColumn),
  ];
  const rows = architectures.map((one, n) => {
    const accuracies = one.evaluations.map(({ accuracy }) => accuracy);
    const measured = accuracies.filter((value) => value !== null);
    const losses = one.evaluations.map(({ loss }) => loss).filter((value) => value !== null);
    return [
      one.architecture,
      one.choice.join(' '),
      ...one.cells,
      ...sizes(config, one),
      one.evaluations.length,
      meanOfKnown(measured),
      standardDeviation(measured),
      meanOfKnown(losses),
      ...Array.from({ length: seeds }, (_, seed) => accuracies[seed] ?? null),
      ...rankers.map(({ scores }) => finite(scores[n])),
    ];
  });
  return { columns, rows };
}

const finite = (value: number | null | undefined) =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
