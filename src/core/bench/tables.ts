/** Results as tables: for the page, as text for a terminal, and as Markdown for docs/performance.md. */
import { alignColumns } from '../columns.ts';
import { BACKEND_NAMES } from '../run/executors.ts';
import type {
  BenchResult,
  ExecutorsResult,
  GrowthMeasure,
  GrowthResult,
  GrowthSample,
  KernelsResult,
  NetworksResult,
  NetworksTime,
  PoolResult,
  ScalingResult,
} from './results.ts';

export interface BenchTable {
  readonly caption: string;
  readonly columns: readonly string[];
  /** Null is “not there”. */
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** What follows from it, in sentences. */
  readonly notes: readonly string[];
}

const placeOf = ({ backend, adapter }: BenchResult) => `${BACKEND_NAMES[backend]} (${adapter})`;

/** Three digits: no time is measured better than that. */
const rounded = (value: number | null) => (value === null ? null : Number(value.toPrecision(3)));

const fixed = (value: number, digits: number) => Number(value.toFixed(digits));

const medianOf = (repeats: number) => `medians of ${repeats}`;

function executorsTable(result: ExecutorsResult): BenchTable {
  const gpu = result.nets.some(({ fast }) => fast.dispatches !== null);
  const dispatches = gpu ? ['stock, dispatches', 'ours, dispatches'] : [];
  return {
    caption: `A training step on ${placeOf(result)}, ${medianOf(result.repeats)}`,
    columns: ['net', 'batch', 'stock, ms', 'ours, ms', 'ratio', ...dispatches, 'gradient error'],
    rows: result.nets.map(({ name, batch, stock, fast, ratio, gradientError }) => [
      name,
      batch,
      rounded(stock.milliseconds),
      rounded(fast.milliseconds),
      fixed(ratio, 2),
      ...(gpu ? [stock.dispatches, fast.dispatches] : []),
      gradientError.toExponential(1),
    ]),
    notes: [],
  };
}

function kernelsTable(result: KernelsResult): BenchTable {
  return {
    caption: `Kernels on ${placeOf(result)}, batch ${result.batch}, ${medianOf(result.repeats)}`,
    columns: ['kernel', 'shape', 'tfjs, ms', 'ours, ms', 'ratio', 'GFLOP/s'],
    rows: result.kernels.map((one) => [
      one.kernel,
      one.shape,
      rounded(one.stockMilliseconds),
      rounded(one.milliseconds),
      one.stockMilliseconds === null ? null : fixed(one.stockMilliseconds / one.milliseconds, 2),
      one.gigaflops === null ? null : fixed(one.gigaflops, 1),
    ]),
    notes: [],
  };
}

function scalingTable(result: ScalingResult): BenchTable {
  return {
    caption: `Step time over cells on ${placeOf(result)}, batch ${result.batch}, ${medianOf(result.repeats)}`,
    columns: [
      'cells',
      'stages × candidates',
      'architectures',
      'supernet step, ms',
      'a ranked architecture, ms',
      'alone, ms',
      'times cheaper',
    ],
    rows: result.points.map((point) => {
      const each = point.milliseconds / point.architectures;
      return [
        point.cells,
        `${point.stages} × ${point.candidates}`,
        point.architectures,
        rounded(point.milliseconds),
        rounded(each),
        rounded(point.alone),
        rounded(point.alone / each),
      ];
    }),
    notes: [
      `Time ∝ cells^${result.exponent.toFixed(3)}, work ∝ cells^${result.workExponent.toFixed(3)}.`,
    ],
  };
}

function networksTable(result: NetworksResult): BenchTable {
  const { networks, batch, together, oneByOne, stockOneByOne } = result;
  const row = (name: string, { milliseconds, dispatches, submitMilliseconds }: NetworksTime) => [
    name,
    rounded(milliseconds),
    fixed(milliseconds / together.milliseconds, 2),
    dispatches,
    rounded(submitMilliseconds),
  ];
  return {
    caption: `A step of each of ${networks} networks alone on ${placeOf(result)}, batch ${batch}, ${medianOf(result.repeats)}`,
    columns: ['how', 'ms', 'times as long', 'dispatches', 'submitting, ms'],
    rows: [
      row('side by side', together),
      row('one by one', oneByOne),
      row('one by one, stock', stockOneByOne),
    ],
    notes: ['Stock is timed and counted once, with every sixth of the networks.'],
  };
}

function poolTable(result: PoolResult): BenchTable {
  const { architectures, steps, workers, oneWorkerSeconds, poolSeconds, ratio, same } = result;
  return {
    caption: `${architectures} trainings alone of ${steps} steps on ${placeOf(result)}, ${medianOf(result.repeats)}`,
    columns: ['threads', 'seconds', 'ratio'],
    rows: [
      [1, rounded(oneWorkerSeconds), 1],
      [workers, rounded(poolSeconds), fixed(ratio, 2)],
    ],
    notes: [
      same
        ? 'Every training came to the same result on both.'
        : 'The results differ between the two, which they must not.',
    ],
  };
}

const MEASURES: { readonly [measure in GrowthMeasure]: string } = {
  tensors: 'tensors',
  tensorBytes: 'tensor bytes',
  heap: 'heap, bytes',
  external: 'outside of the heap, bytes',
  gpuBuffers: 'GPU buffers',
  gpuBytes: 'GPU bytes',
};
const MEASURE_IDS = Object.keys(MEASURES) as GrowthMeasure[];

/** Before the first step, after the first share of them, in the middle and at the end. */
function fewOf(samples: readonly GrowthSample[]): readonly GrowthSample[] {
  const last = samples.length - 1;
  const places = new Set([0, 1, Math.ceil(last / 2), last]);
  return samples.filter((_, i) => places.has(i));
}

function growthTable(result: GrowthResult): BenchTable {
  const seen = MEASURE_IDS.filter((id) =>
    result.executors.some(({ samples }) => samples.some((sample) => sample[id] !== null)),
  );
  return {
    caption: `What is held over ${result.steps} steps on ${placeOf(result)}`,
    columns: ['executor', 'step', ...seen.map((id) => MEASURES[id])],
    rows: result.executors.flatMap(({ executor, samples }) =>
      fewOf(samples).map((sample) => [executor, sample.step, ...seen.map((id) => sample[id])]),
    ),
    notes: result.executors.map(({ executor, grew }) =>
      grew.length === 0
        ? `${executor}: nothing grew.`
        : `${executor}: ${grew.map((id) => MEASURES[id]).join(', ')} grew.`,
    ),
  };
}

export function tableOf(result: BenchResult): BenchTable {
  switch (result.benchmark) {
    case 'executors':
      return executorsTable(result);
    case 'kernels':
      return kernelsTable(result);
    case 'scaling':
      return scalingTable(result);
    case 'networks':
      return networksTable(result);
    case 'pool':
      return poolTable(result);
    case 'growth':
      return growthTable(result);
    default:
      return result satisfies never;
  }
}

const shown = (value: string | number | null) => (value === null ? '–' : String(value));

/** Numbers are aligned at the right, in both. */
const isNumeric = ({ rows }: BenchTable, column: number) =>
  rows.some((row) => typeof row[column] === 'number');

/** Columns of one width for a terminal. */
export function tableText(table: BenchTable): string {
  const { caption, columns, rows, notes } = table;
  const lines = [columns, ...rows.map((row) => row.map(shown))];
  const aligned = alignColumns(lines, (column) => isNumeric(table, column));
  return [caption, ...aligned, ...notes].join('\n');
}

/** A heading in bold, the table, and the notes. */
export function tableMarkdown(table: BenchTable): string {
  const { caption, columns, rows, notes } = table;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map((_, i) => (isNumeric(table, i) ? '---:' : '---'));
  const body = rows.map((row) => line(row.map(shown)));
  const parts = [`**${caption}**`, [line(columns), line(rule), ...body].join('\n'), ...notes];
  return parts.join('\n\n');
}
