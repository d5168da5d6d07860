/**
 * How a step grows with the supernet. Stages are all of one shape (no pooling) and their cells are the
 * four of REF over and over, so that S·k cells are S·k times the work; only the layer in front of
 * each stage comes on top.
 */
import type { ScalingOptions } from '../../core/bench/requests.ts';
import type { Place, ScalingPoint, ScalingResult } from '../../core/bench/results.ts';
import { fittedExponent } from '../../core/bench/statistics.ts';
import type { Plan } from '../../core/schedule.ts';
import { createExecutor } from '../executors/choose.ts';
import type { Executor } from '../executors/executor.ts';
import { batchOf, initOf, type Net, net, REFERENCE_CELLS, stepOnce } from './nets.ts';
import { type BenchHost, medians, short, type Work, warmUp } from './timing.ts';

/** [stages, candidates]; two ways to 16 cells, to see whether S or k makes a difference. */
const SIZES = [
  [1, 4],
  [2, 4],
  [3, 4],
  [4, 4],
  [2, 8],
  [3, 8],
  [4, 8],
] as const;

function chain(stages: number, cells: readonly number[], options: ScalingOptions): Net {
  const { side, channels, batch } = options;
  return net(`${stages} stages`, {
    cells,
    channels: Array.from({ length: stages }, () => channels),
    side,
    inputChannels: channels,
    normalisation: 'none',
    batch,
    pooling: 1,
  });
}

/** Weights of all convolutions: each is used once a pixel, and pixels are the same everywhere. */
const workOf = ({ slots }: Plan) =>
  slots.reduce((sum, { shape, size }) => (shape.length === 4 ? sum + size : sum), 0);

interface Ready {
  readonly work: Work;
  readonly dispose: () => void;
}

/** A step of each of the nets. */
function ready(nets: readonly Net[]): Ready {
  const steps = nets.map((own) => {
    const init = initOf(own);
    const executor: Executor = createExecutor(init);
    const batch = batchOf(own, own.batch);
    return { executor, step: () => stepOnce(executor, batch, init) };
  });
  return {
    async work() {
      for (const { step } of steps) await step();
    },
    dispose: () => {
      for (const { executor } of steps) executor.dispose();
    },
  };
}

/** The executor that a run would take on the current backend, which is that of `place`. */
export async function measureScaling(
  place: Place,
  options: ScalingOptions,
  host: BenchHost,
): Promise<ScalingResult> {
  const { repeats, batch } = options;
  const sizes = SIZES.filter(([stages, k]) => stages * k <= options.cells);
  const supernets = sizes.map(([stages, k]) =>
    chain(
      stages,
      Array.from({ length: k }, (_, i) => REFERENCE_CELLS[i % REFERENCE_CELLS.length] ?? 0),
      options,
    ),
  );
  const depths = [...new Set(sizes.map(([stages]) => stages))];
  const alone = depths.map((stages) =>
    REFERENCE_CELLS.map((cell) => chain(stages, [cell], options)),
  );
  const all: Ready[] = [];
  try {
    for (const nets of [...supernets.map((one) => [one]), ...alone]) all.push(ready(nets));
    const works = all.map(({ work }) => work);
    for (const work of works) await warmUp(host, work, options.warmUp / works.length, 2);
    const times = await medians(host, works, repeats);
    const aloneTimes = times.slice(sizes.length);
    const smallest = Math.min(...supernets.map(({ plan }) => workOf(plan)));
    const points = sizes.map(([stages, candidates], i): ScalingPoint => {
      const together = aloneTimes[depths.indexOf(stages)] ?? Number.NaN;
      return {
        stages,
        candidates,
        cells: stages * candidates,
        architectures: candidates ** stages,
        work: workOf((supernets[i] as Net).plan) / smallest,
        milliseconds: times[i] ?? Number.NaN,
        alone: together / REFERENCE_CELLS.length,
      };
    });
    for (const { cells, stages, candidates, milliseconds } of points) {
      host.tell(`${cells} cells (${stages} × ${candidates}): ${short(milliseconds)} ms a step`);
    }
    const slope = (y: (point: ScalingPoint) => number) =>
      fittedExponent(points.map((point) => ({ x: point.cells, y: y(point) })));
    const exponent = slope(({ milliseconds }) => milliseconds);
    host.tell(`Time grows as cells to the power of ${exponent.toFixed(3)}`);
    const workExponent = slope(({ work }) => work);
    return { benchmark: 'scaling', ...place, repeats, batch, points, exponent, workExponent };
  } finally {
    for (const { dispose } of all) dispose();
  }
}
