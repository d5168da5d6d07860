/** One at a time: whoever trains holds the turn, whoever comes meanwhile waits, in order. */
import { LabError } from '../../core/errors.ts';

export interface Turn {
  /**
   * Does `work` when everything before it has ended.
   * @throws LabError `cancelled` if `signal` aborts before the turn comes.
   */
  take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/** A turn that nobody holds. */
export function createTurn(): Turn {
  let last: Promise<unknown> = Promise.resolve();

  const waited = (before: Promise<unknown>, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const give = () => reject(new LabError('cancelled', 'The work was cancelled.'));
      if (signal.aborted) return give();
      signal.addEventListener('abort', give, { once: true });
      void before.then(() => {
        signal.removeEventListener('abort', give);
        resolve();
      });
    });

  return {
    async take(signal, work) {
      const before = last;
      const mine = waited(before, signal).then(work);
      // A turn that was given up passes on only what it waited for.
      last = Promise.allSettled([before, mine]);
      return mine;
    },
  };
}
