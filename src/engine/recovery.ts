/**
 * Losing the GPU and going on, by one rule for runs, studies and trainings alone: the third loss in a
 * row, with nothing saved in between, ends it.
 */
import type { LabError } from '../core/errors.ts';

/** Losses in a row, with nothing saved in between, that end a training. */
const MOST_LOSSES = 3;

/** What is asked about the device, and of it. */
export interface LosableDevice {
  /** The loss behind an error; null if that has another cause. */
  lossBehind(thrown: unknown): Promise<LabError | null>;
  /**
   * Brings the device back, tested as before; without it every loss ends the training.
   * @throws LabError `backend-unavailable` if it does not come back.
   */
  readonly renew?: (() => Promise<void>) | undefined;
}

export interface Recovery {
  /**
   * Makes the device ready again; resolves with what the lost one said.
   * @throws `thrown` itself if it has another cause; the loss, when it is one too many or cannot be
   * made good; LabError `backend-unavailable` if the device does not come back.
   */
  recover(thrown: unknown): Promise<string>;
  /** Something was saved since the last loss: they count anew. */
  saved(): void;
}

/** A recovery for one training. */
export function createRecovery({ lossBehind, renew }: LosableDevice): Recovery {
  let losses = 0;
  return {
    async recover(thrown) {
      const loss = await lossBehind(thrown);
      if (!loss) throw thrown;
      losses += 1;
      if (!renew || losses >= MOST_LOSSES) throw loss;
      await renew();
      const { reason } = loss.details;
      return typeof reason === 'string' ? reason : '';
    },
    saved() {
      losses = 0;
    },
  };
}

/**
 * Does `work` of which nothing is saved before its end: from its beginning again whenever the device
 * was lost meanwhile. `again` hears what the device said before each new beginning; what it throws
 * ends the work.
 * @throws as `recover` of a recovery of its own.
 */
export async function withRecovery<T>(
  device: LosableDevice,
  work: () => Promise<T>,
  again: (message: string) => void,
): Promise<T> {
  const recovery = createRecovery(device);
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      again(await recovery.recover(thrown));
    }
  }
}
