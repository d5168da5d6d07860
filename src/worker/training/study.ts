/** The request that measures a correlation study, on this thread or on runners of its own. */
import { fromErrorRecord } from '../../core/errors.ts';
import type { Handlers } from '../../core/rpc/server.ts';
import { executorNeeds } from '../../core/run/executors.ts';
import type { StudyEvent } from '../../core/study/events.ts';
import { parseStudyAmount, parseStudyConfig } from '../../core/study/validate.ts';
import { executorOf } from '../../engine/executors/choose.ts';
import type { JobResult, KeptGroup } from '../../engine/study/jobs.ts';
import { runStudy, type StudyProgress } from '../../engine/study/runStudy.ts';
import { prepareTask } from '../../engine/task.ts';
import { otherVersionNote } from '../../engine/version.ts';
import type { RequestBody, RequestResult, TrainingProtocol } from '../protocol/training.ts';
import { openRunners } from '../runners/open.ts';
import { yieldToEventLoop } from '../yieldToEventLoop.ts';
import { backendOf, checkSameData, type WorkerHost } from './host.ts';
import { createLatest } from './latest.ts';

export type StudyHandlers = Handlers<TrainingProtocol, 'study'>;

/** What this thread knows of the study it worked on last. */
interface Held {
  readonly study: string;
  /** All events told so far: more than the page had when it asked, if it asked before they arrived. */
  readonly events: StudyEvent[];
  /** Results that were finished out of turn when the study was interrupted. */
  readonly ahead: Map<string, JobResult>;
  /** Trainings side by side that were interrupted. */
  readonly kept: Map<string, KeptGroup>;
}

const headerOf = ([first]: readonly StudyEvent[]) =>
  first?.type === 'study/started' ? first : null;

/** The handler of `study`. */
export function createStudyHandlers(host: WorkerHost): StudyHandlers {
  let held: Held | null = null;

  const recall = ({ study, events }: RequestBody<'study'>): Held => {
    const known = held?.study === study ? held : null;
    const longer = known && known.events.length > events.length ? known.events : [...events];
    held = { ahead: new Map(), kept: new Map(), ...known, study, events: longer };
    return held;
  };

  /** Runs on another machine's log, or another's images, would not be the same study. */
  const prepare = async (
    body: RequestBody<'study'>,
    { events, kept }: Held,
    signal: AbortSignal,
  ) => {
    const config = parseStudyConfig(body.config);
    const amount = parseStudyAmount(config, body.amount);
    const header = headerOf(events);
    const { chosen } = await host.backend(backendOf(header));
    const dataset = await host.dataset(config.run.task, signal);
    checkSameData('study', header, dataset.digest);
    host.warn(otherVersionNote('study', header));
    signal.throwIfAborted();
    const executor = executorOf('study', executorNeeds(config.run), header?.executor ?? null);
    const context = {
      config,
      executor,
      task: prepareTask(dataset, config.run),
      gate: yieldToEventLoop,
      clock: host.clock,
      renew: host.renew,
      kept,
    };
    const { name: backend } = chosen;
    const runners = await openRunners(context, {
      config,
      backend,
      executor,
      baseUrl: host.baseUrl,
    });
    // Runners of their own threads use all cores already.
    if (runners.length === 1) await host.team();
    return { config, amount, backend: chosen, executor, datasetDigest: dataset.digest, runners };
  };

  const measure = async (
    body: RequestBody<'study'>,
    signal: AbortSignal,
  ): Promise<RequestResult<'study'>> => {
    const { study, extra, known } = body;
    const recalled = recall(body);
    const { events, ahead } = recalled;
    const { runners, ...prepared } = await prepare(body, recalled, signal);
    const progress = createLatest<StudyProgress['jobs']>((jobs) =>
      host.push('studyProgress', { study, jobs }),
    );
    const { clock } = host;
    const before = [...events];
    try {
      const stream = runStudy({
        ...prepared,
        runners,
        extra,
        events: before,
        clock,
        signal,
        ahead,
        known,
      });
      for await (const said of stream) {
        if ('kind' in said) {
          progress.put(said.jobs);
          continue;
        }
        events.push(said);
        host.push('studyEvents', { study, events: [said] });
        if (said.type === 'study/failed') throw fromErrorRecord(said.error);
      }
      return { finished: events.at(-1)?.type === 'study/finished' };
    } finally {
      progress.close();
      for (const runner of runners) runner.dispose();
    }
  };

  return { study: (body, signal) => host.turn.take(signal, () => measure(body, signal)) };
}
