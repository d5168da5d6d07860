/** Work on a device that may be lost: what was under way begins again on a new one. */
import { executorNeeds } from '../../core/run/executors.ts';
import { lossBehind } from '../device.ts';
import { executorOf } from '../executors/choose.ts';
import type { JobContext } from './jobs.ts';

/** A device that is lost so often during one piece of work is left alone. */
const MOST_RENEWALS = 3;

/**
 * Does `work`, from its beginning again whenever the device was lost meanwhile, up to three times in
 * a row.
 * @throws LabError `device-lost` without `renew`, or when it is lost once more; `backend-unavailable`
 * when it does not come back, or not as one that the study's executor runs on; whatever else `work`
 * throws.
 */
export async function withRecovery<T>(
  work: () => Promise<T>,
  { config, executor, renew }: JobContext,
  signal: AbortSignal,
): Promise<T> {
  for (let renewals = 0; ; renewals++) {
    try {
      return await work();
    } catch (thrown) {
      const loss = signal.aborted ? null : await lossBehind(thrown);
      if (!loss) throw thrown;
      if (!renew || renewals === MOST_RENEWALS) throw loss;
      await renew();
      executorOf('study', executorNeeds(config.run), executor);
    }
  }
}
