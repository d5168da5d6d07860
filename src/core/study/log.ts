/** Study files: `log/lines.ts` for the events of a study. */
import {
  type DecodeOptions,
  decodeLines,
  encodeLines,
  type LineFormat,
  type Migrations,
  packLines,
  unpackLines,
} from '../log/lines.ts';
import { studyMisfit } from './eventFit.ts';
import { readStudyEvent } from './eventSchema.ts';
import { STUDY_VERSION, type StudyEvent, type StudyLog } from './events.ts';

export const STUDY_FORMAT = 'fade-lab-study';

/**
 * The header of version 1 did not name the executor; it was the one of TensorFlow.js. Version 2 had no
 * `device/lost`.
 */
const MIGRATIONS: Migrations = {
  1: (record) => (record.type === 'study/started' ? { executor: 'stock', ...record } : record),
  2: (record) => record,
};

/** An event from the store of this browser, which may be as old as version 1. */
export function upgradeStudyEvent(event: StudyEvent): StudyEvent {
  return event.type === 'study/started' ? { ...event, executor: event.executor ?? 'stock' } : event;
}

const FORMAT: LineFormat<StudyEvent> = {
  name: STUDY_FORMAT,
  version: STUDY_VERSION,
  migrations: MIGRATIONS,
  first: 'study/started',
  read: readStudyEvent,
  fits: studyMisfit,
};

/** A study as text. Losses that are no numbers become null, and are read back as NaN. */
export function encodeStudy(log: StudyLog): string {
  return encodeLines(FORMAT, log);
}

/** Reads a study from text. @throws LabError `log-damaged`, `log-unsupported`. */
export function decodeStudy(content: string, file: string, options: DecodeOptions = {}): StudyLog {
  return decodeLines(FORMAT, content, file, options);
}

/** A study as compressed bytes. */
export async function packStudy(log: StudyLog): Promise<Uint8Array<ArrayBuffer>> {
  return packLines(FORMAT, log);
}

/** Reads a study from bytes, compressed or plain. @throws LabError `log-damaged`, `log-unsupported`. */
export async function unpackStudy(
  bytes: Uint8Array,
  file: string,
  options: DecodeOptions = {},
): Promise<StudyLog> {
  return unpackLines(FORMAT, bytes, file, options);
}
