/** Requests about the one search run that the thread holds: start, advance, stop. */
import { LabError } from '../../core/errors.ts';
import type { Handlers } from '../../core/rpc/server.ts';
import type { BackendInfo, RunEvent } from '../../core/run/events.ts';
import { parseConfig } from '../../core/run/validate.ts';
import { createRecovery } from '../../engine/recovery.ts';
import { runSearch } from '../../engine/search.ts';
import { prepareTask } from '../../engine/task.ts';
import { otherVersionNote } from '../../engine/version.ts';
import type { Reached, RequestBody, TrainingProtocol } from '../protocol/training.ts';
import { ActiveRun } from './activeRun.ts';
import { backendOf, checkSameData, type WorkerHost } from './host.ts';
import { createOutbox } from './outbox.ts';

export type RunHandlers = Handlers<TrainingProtocol, 'start' | 'advance' | 'stop'>;

/** Resolves when the request is cancelled; the run is held at the same moment. */
function interruption(run: ActiveRun, signal: AbortSignal): Promise<'interrupted'> {
  return new Promise((resolve) => {
    const stop = () => {
      run.hold();
      resolve('interrupted');
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

const headerOf = ([first]: readonly RunEvent[]) => (first?.type === 'run/started' ? first : null);

/** The handlers, with the run that they share. */
export function createRunHandlers(host: WorkerHost): RunHandlers {
  let active: ActiveRun | null = null;
  const outbox = createOutbox<RunEvent>((run, events) => host.push('events', { run, events }));
  host.onLost((error) => active?.fail(error));

  const drive = (
    run: ActiveRun,
    until: RequestBody<'advance'>['until'],
    signal: AbortSignal,
  ): Promise<Reached> =>
    host.turn.take(signal, async () => {
      try {
        return await run.advance(until, interruption(run, signal));
      } finally {
        outbox.flush(run.id);
      }
    });

  const end = async () => {
    const ended = active;
    active = null;
    await ended?.stop();
  };

  const open = (body: RequestBody<'start'>) =>
    new ActiveRun(body.run, {
      event: (event) => outbox.put(body.run, event, event.type !== 'job/progress'),
      checkpoint: (saved) => {
        // Never ahead of the events it continues from.
        outbox.flush(body.run);
        host.push('checkpoint', { run: body.run, checkpoint: saved });
      },
      clock: host.clock,
      recovery: createRecovery(host),
    });

  return {
    async start(body, signal) {
      await end();
      const config = parseConfig(body.config);
      const header = headerOf(body.events);
      const { chosen } = await host.backend(backendOf(header));
      const dataset = await host.dataset(config.task, signal);
      checkSameData('run', header, dataset.digest);
      host.warn(otherVersionNote('run', header));
      await host.team();
      signal.throwIfAborted();
      const run = open(body);
      active = run;
      const checkpoint = body.checkpoint && { ...body.checkpoint, state: body.checkpoint.buffers };
      const stream = runSearch({
        config,
        task: prepareTask(dataset, config),
        datasetDigest: dataset.digest,
        backend: chosen satisfies BackendInfo,
        events: body.events,
        parent: body.parent,
        clock: host.clock,
        gate: run.gate,
        onTraining: run.onTraining,
        checkpoint,
        recover: run.recover,
      });
      run.begin(stream, body.events, checkpoint);
      return drive(run, body.until, signal);
    },
    async advance({ run, until }, signal) {
      if (active?.id !== run) {
        throw new LabError('internal', 'This run is not in the training thread any more.', { run });
      }
      return drive(active, until, signal);
    },
    async stop() {
      await end();
      return null;
    },
  };
}
