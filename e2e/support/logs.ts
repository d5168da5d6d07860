/** Exported runs, read with the lab's own codec. */

import { logDigest } from '../../src/core/log/digest.ts';
import { unpackLog } from '../../src/core/log/file.ts';
import type { RunLog } from '../../src/core/run/events.ts';
import { RUN_LOG } from '../../src/core/run/log.ts';

export const readLog = (bytes: Uint8Array): Promise<RunLog> => unpackLog(RUN_LOG, bytes, 'export');

export const digestOf = (log: RunLog): string => logDigest(RUN_LOG, log.events);

/** What was measured of each region, in order. */
export const rankedIn = (log: RunLog) =>
  log.events.flatMap((event) =>
    event.type === 'job/finished' && event.result.kind === 'rank' ? [event.result] : [],
  );
