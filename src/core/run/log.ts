/**
 * The kind of log that a run is. Of two runs with the same header event that went the same way the
 * digests are equal, however fast they were and however often they were paused or lost their GPU. What
 * is left out: wall times, pauses, losses, threads, and the wording about the device (the backend's
 * name stays).
 */
import { canonicalJson } from '../canonical.ts';
import { eachEvent, type LogKind } from '../log/kind.ts';
import { readEvent, runMisfit } from './eventSchema.ts';
import { LOG_VERSION, type RunEvent } from './events.ts';
import { fromVersion3 } from './version3.ts';

function digestLine(event: RunEvent): string | null {
  if (event.type === 'run/paused' || event.type === 'device/lost') return null;
  const { wall: _, ...kept } = event;
  if (kept.type === 'job/progress') {
    const { wallPerStep: _, ...rest } = kept;
    return canonicalJson(rest);
  }
  if (kept.type === 'run/started') {
    const { threads: _, ...rest } = kept;
    return canonicalJson({ ...rest, backend: { name: rest.backend.name } });
  }
  return canonicalJson(kept);
}

export const RUN_LOG: LogKind<RunEvent> = {
  format: 'fade-lab-run',
  noun: 'run',
  version: LOG_VERSION,
  // What the header event did not say in older versions: there was one executor, and then one thread.
  migrations: {
    1: eachEvent((one) => (one.type === 'run/started' ? { executor: 'stock', ...one } : one)),
    2: eachEvent((one) => (one.type === 'run/started' ? { threads: 1, ...one } : one)),
    3: fromVersion3,
  },
  first: 'run/started',
  read: readEvent,
  fits: runMisfit,
  digestLine,
};
