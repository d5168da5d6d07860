/** Run files: `log/lines.ts` for the events of a run. */

import {
  type DecodeOptions,
  decodeLines,
  encodeLines,
  type LineFormat,
  type Migrations,
  packLines,
  unpackLines,
} from '../log/lines.ts';
import { readEvent } from './eventSchema.ts';
import { LOG_VERSION, type RunEvent, type RunLog } from './events.ts';

export const LOG_FORMAT = 'fade-lab-run';

/** What the header did not say in older versions: there was one executor, and then one thread. */
export const MIGRATIONS: Migrations = {
  1: (record) => (record.type === 'run/started' ? { executor: 'stock', ...record } : record),
  2: (record) => (record.type === 'run/started' ? { threads: 1, ...record } : record),
};

/** An event from the store of this browser, which may be as old as version 1. */
export function upgradeEvent(event: RunEvent): RunEvent {
  if (event.type !== 'run/started') return event;
  return { ...event, executor: event.executor ?? 'stock', threads: event.threads ?? 1 };
}

const FORMAT: LineFormat<RunEvent> = {
  name: LOG_FORMAT,
  version: LOG_VERSION,
  migrations: MIGRATIONS,
  first: 'run/started',
  read: readEvent,
};

/** A log as text. */
export function encodeLog(log: RunLog): string {
  return encodeLines(FORMAT, log);
}

/** Reads a log from text. @throws LabError `log-damaged`, `log-unsupported`. */
export function decodeLog(content: string, file: string, options: DecodeOptions = {}): RunLog {
  return decodeLines(FORMAT, content, file, options);
}

/** A log as compressed bytes. */
export async function packLog(log: RunLog): Promise<Uint8Array<ArrayBuffer>> {
  return packLines(FORMAT, log);
}

/** Reads a log from bytes, compressed or plain. @throws LabError `log-damaged`, `log-unsupported`. */
export async function unpackLog(
  bytes: Uint8Array,
  file: string,
  options: DecodeOptions = {},
): Promise<RunLog> {
  return unpackLines(FORMAT, bytes, file, options);
}
