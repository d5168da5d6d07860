/** Where benchmarks run: in this thread, or in Chromium. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { BenchBackend, BenchRequest } from '../../core/bench/requests.ts';
import type { Place } from '../../core/bench/results.ts';
import { chooseBackend } from '../../engine/backend.ts';
import type { HeapReading } from '../../engine/bench/growth.ts';
import { type MeasureHost, measure } from '../../engine/bench/measure.ts';
import type { BenchHost } from '../../engine/bench/timing.ts';
import { closeTeam, teamThreads } from '../../engine/executors/wasm/threadTeam.ts';
import { yieldToEventLoop } from '../host.ts';
import { backendEnvironment } from '../nodeSource.ts';
import { threadRunners } from '../runners.ts';
import { openNodeTeam } from '../team.ts';
import type { BenchIo, Found } from './benchmark.ts';

/** Makes WASM the backend of this thread. */
export async function openWasm(projectRoot: string): Promise<Place> {
  const { chosen } = await chooseBackend('wasm', backendEnvironment(projectRoot));
  return { backend: chosen.name, adapter: chosen.adapter };
}

/** The collector, which Node hides unless asked. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const found: unknown = runInNewContext('gc');
  return typeof found === 'function' ? () => void found() : () => undefined;
}

function heapReader(): () => HeapReading {
  const collect = collector();
  return () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return { heap: heapUsed, external };
  };
}

/** This thread, for what is timed in it. */
export const threadHost = ({ err }: BenchIo): BenchHost => ({
  clock: () => performance.now(),
  gate: yieldToEventLoop,
  tell: err,
});

function nodeHost({ backend }: Place, io: BenchIo): MeasureHost {
  return {
    ...threadHost(io),
    heap: heapReader(),
    signal: new AbortController().signal,
    openRunners: async (count, config) => {
      const { projectRoot } = io;
      const setup = { config, backend, executor: 'wasm', projectRoot } as const;
      return threadRunners(count, await io.runnerProgram(), setup);
    },
  };
}

/** Does `work` with threads that share every step; it gets how many there are. */
export async function withThreads<T>(
  threads: number,
  { teamProgram, projectRoot }: BenchIo,
  work: (threads: number) => Promise<T>,
): Promise<T> {
  try {
    if (threads > 1) await openNodeTeam(threads, await teamProgram(), projectRoot);
    return await work(teamThreads());
  } finally {
    closeTeam();
  }
}

/** Measures here, on WASM. */
export async function inNode(requests: readonly BenchRequest[], io: BenchIo): Promise<Found[]> {
  const place = await openWasm(io.projectRoot);
  const host = nodeHost(place, io);
  const found: Found[] = [];
  for (const request of requests) {
    found.push({ where: 'node', result: await measure(place, request, host) });
  }
  return found;
}

/** Measures in Chromium; says so and finds nothing where that lacks the backend. */
export async function inChromium(
  backend: BenchBackend,
  requests: readonly BenchRequest[],
  io: BenchIo,
): Promise<Found[]> {
  const results = await io.chromium.measure(backend, requests, io.err);
  if (!results) io.err(`Chromium has no ${backend} here.`);
  return (results ?? []).map((result) => ({ where: 'chromium', result }));
}
