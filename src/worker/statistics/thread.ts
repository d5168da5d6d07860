/** The statistician's thread: no tensors, so it is ready at once and never waits for training. */
import { toErrorRecord } from '../../core/errors.ts';
import type { FromAnalyst, ToAnalyst } from '../protocol/statistics.ts';
import { answersTo } from './answers.ts';

const say = (message: FromAnalyst) => self.postMessage(message);

self.addEventListener('message', ({ data: { id, question } }: MessageEvent<ToAnalyst>) => {
  try {
    for (const answer of answersTo(question)) say({ id, kind: 'answer', answer });
    say({ id, kind: 'done' });
  } catch (thrown) {
    say({ id, kind: 'failed', error: toErrorRecord(thrown) });
  }
});
