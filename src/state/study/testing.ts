/** The study half of a scripted worker: it tells made-up results, when told to. */
import type { StudyEvent } from '../../core/study/events.ts';
import { appendStudyEvents, reduceStudy } from '../../core/study/reducer.ts';
import { syntheticEventsFrom, syntheticStarted } from '../../core/study/testing.ts';
import type { FakeWorker } from '../../worker/client/training.testing.ts';
import type { RequestBody, ToWorker } from '../../worker/protocol/training.ts';

export interface ScriptedStudy {
  /** Bodies of the `study` requests. */
  readonly asked: RequestBody<'study'>[];
  onPost(message: ToWorker, worker: FakeWorker): void;
  /** Says the next `count` events (all by default), and replies after the last. */
  tell(count?: number): void;
}

/** What the engine would say from here on. */
function eventsAhead({ config, amount, extra, events }: RequestBody<'study'>): StudyEvent[] {
  const view = reduceStudy(events);
  if (!view.amount) {
    const started = syntheticStarted({ config, amount });
    return [started, ...syntheticEventsFrom(reduceStudy([started]))];
  }
  const { architectures, seeds, supernets } = view.amount;
  const grows =
    amount.architectures > architectures || amount.seeds > seeds || amount.supernets > supernets;
  if (!grows && extra.length === 0) return view.finished ? [] : syntheticEventsFrom(view);
  const { stepsDone: at, wall } = view;
  const extended: StudyEvent = { type: 'study/extended', at, wall, amount, extra };
  return [extended, ...syntheticEventsFrom(appendStudyEvents(view, [extended]))];
}

export function createScriptedStudy(): ScriptedStudy {
  const asked: RequestBody<'study'>[] = [];
  let pending: { readonly id: number; readonly worker: FakeWorker } | null = null;
  let study = '';
  let ahead: StudyEvent[] = [];
  return {
    asked,
    onPost(message, worker) {
      if (message.kind === 'cancel' && pending?.id === message.id) {
        pending = null;
        worker.say({
          kind: 'reply',
          id: message.id,
          ok: false,
          error: { code: 'cancelled', message: 'The study was interrupted.', details: {} },
        });
      }
      if (message.kind !== 'request' || message.type !== 'study') return;
      asked.push(message.body);
      pending = { id: message.id, worker };
      study = message.body.study;
      ahead = eventsAhead(message.body);
    },
    tell(count = Number.POSITIVE_INFINITY) {
      for (let told = 0; told < count && pending; told++) {
        const event = ahead.shift();
        if (event) pending.worker.push('studyEvents', { study, events: [event] });
        if (ahead.length > 0) continue;
        pending.worker.reply(pending.id, { finished: true });
        pending = null;
      }
    },
  };
}
