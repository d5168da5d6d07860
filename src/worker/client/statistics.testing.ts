/** The statistician without a thread of its own, where there are none: in tests. */
import { toErrorRecord } from '../../core/errors.ts';
import type { FromAnalyst } from '../protocol/statistics.ts';
import { answersTo } from '../statistics/answers.ts';
import { type Analyst, type AnalystThread, createAnalyst } from './statistics.ts';

/** An analyst that answers on this thread, a moment later. */
export function createInlineAnalyst(): Analyst {
  return createAnalyst((): AnalystThread => {
    const listeners: ((event: { readonly data: unknown; readonly message?: string }) => void)[] =
      [];
    const say = (data: FromAnalyst) => {
      for (const listener of listeners) listener({ data });
    };
    return {
      postMessage({ id, question }) {
        queueMicrotask(() => {
          try {
            for (const answer of answersTo(question)) say({ id, kind: 'answer', answer });
            say({ id, kind: 'done' });
          } catch (thrown) {
            say({ id, kind: 'failed', error: toErrorRecord(thrown) });
          }
        });
      },
      terminate: () => undefined,
      addEventListener(type: string, listener: (typeof listeners)[number]) {
        if (type === 'message') listeners.push(listener);
      },
    };
  });
}
