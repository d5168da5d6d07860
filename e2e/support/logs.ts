/** Exported runs, read with the lab's own codec. */

import { logDigest } from '../../src/core/run/digest.ts';
import type { RunLog } from '../../src/core/run/events.ts';
import { unpackLog } from '../../src/core/run/log.ts';

export const readLog = (bytes: Uint8Array): Promise<RunLog> => unpackLog(bytes, 'export');

export const digestOf = (log: RunLog): string => logDigest(log.events);

export const rankedIn = (log: RunLog) =>
  log.events.filter((event) => event.type === 'generation/ranked');
