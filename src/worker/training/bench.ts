/** The request that measures how fast this machine is: one benchmark at a time, nothing else trains. */
import { LabError } from '../../core/errors.ts';
import type { Handlers } from '../../core/rpc/server.ts';
import { type MeasureHost, measure } from '../../engine/bench/measure.ts';
import type { RequestBody, RequestResult, TrainingProtocol } from '../protocol/training.ts';
import { threads } from '../runners/open.ts';
import { yieldToEventLoop } from '../yieldToEventLoop.ts';
import type { WorkerHost } from './host.ts';

export type BenchHandlers = Handlers<TrainingProtocol, 'bench'>;

function measureHost(
  host: WorkerHost,
  backend: RequestBody<'bench'>['backend'],
  signal: AbortSignal,
): MeasureHost {
  return {
    clock: host.clock,
    async gate() {
      await yieldToEventLoop();
      if (signal.aborted) throw new LabError('cancelled', 'The benchmark was cancelled.');
    },
    tell: (text) => host.push('benchLine', text),
    // A thread cannot ask for a collection, so that its heap says nothing.
    heap: () => ({ heap: null, external: null }),
    signal,
    async openRunners(count, config) {
      const { baseUrl } = host;
      const runners = await threads(count, { config, backend, executor: 'wasm', baseUrl });
      if (runners.length > 0) return runners;
      throw new LabError('backend-unavailable', 'This browser’s threads cannot start threads.');
    },
  };
}

/** The handler of `bench`. */
export function createBenchHandlers(host: WorkerHost): BenchHandlers {
  const bench = async (
    { backend, request }: RequestBody<'bench'>,
    signal: AbortSignal,
  ): Promise<RequestResult<'bench'>> => {
    const { chosen, candidates } = await host.backend(backend);
    if (chosen.name !== backend) {
      const why = candidates.find(({ name }) => name === backend)?.note ?? 'it is not there';
      throw new LabError('backend-unavailable', `${backend} cannot be measured here: ${why}.`);
    }
    const place = { backend, adapter: chosen.adapter };
    return measure(place, request, measureHost(host, backend, signal));
  };
  return { bench: (body, signal) => host.turn.take(signal, () => bench(body, signal)) };
}
