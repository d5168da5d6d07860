/** Losing the GPU and going on: how often, and with what. */
import type { LabError } from '../core/errors.ts';
import type { WorkerHost } from './workerHost.ts';

/** Losses in a row, with nothing saved in between, that end a training. */
const MOST_LOSSES = 3;

export interface Recovery {
  /**
   * Makes the device ready again; resolves with the loss behind `thrown`.
   * @throws `thrown` itself if it has another cause; the loss, when it is one too many; LabError
   * `backend-unavailable` if the device does not come back.
   */
  recover(thrown: unknown): Promise<LabError>;
  /** Something was saved since the last loss: they count anew. */
  saved(): void;
}

/** A recovery for one training. */
export function createRecovery(host: Pick<WorkerHost, 'lossBehind' | 'renew'>): Recovery {
  let losses = 0;
  return {
    async recover(thrown) {
      const loss = await host.lossBehind(thrown);
      if (!loss) throw thrown;
      losses += 1;
      if (losses >= MOST_LOSSES) throw loss;
      await host.renew();
      return loss;
    },
    saved() {
      losses = 0;
    },
  };
}

/** What the device said when it was lost. */
export function reasonOf(loss: LabError): string {
  const { reason } = loss.details;
  return typeof reason === 'string' ? reason : '';
}
