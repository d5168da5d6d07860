/**
 * The kind of log that a study is. Two studies with the same header event that measured the same have
 * the same digest, however fast they were, however many workers measured and however often they lost
 * their GPU. What is left out: times, losses, and the wording about the device (the backend's name
 * stays). Losses that are no numbers become null in a file, and are read back as NaN.
 */
import { canonicalJson } from '../canonical.ts';
import { eachEvent, type LogKind } from '../log/kind.ts';
import { studyMisfit } from './eventFit.ts';
import { readStudyEvent } from './eventSchema.ts';
import { STUDY_VERSION, type StudyEvent } from './events.ts';
import { fromVersion3 } from './version3.ts';

function digestLine(event: StudyEvent): string | null {
  if (event.type === 'device/lost') return null;
  const { wall: _, ...kept } = event;
  if ('milliseconds' in kept) {
    const { milliseconds: _, ...rest } = kept;
    return canonicalJson(rest);
  }
  if (kept.type !== 'study/started') return canonicalJson(kept);
  return canonicalJson({ ...kept, backend: { name: kept.backend.name } });
}

export const STUDY_LOG: LogKind<StudyEvent> = {
  format: 'fade-lab-study',
  noun: 'study',
  version: STUDY_VERSION,
  migrations: {
    // The header event did not name the executor; it was the one of TensorFlow.js.
    1: eachEvent((one) => (one.type === 'study/started' ? { executor: 'stock', ...one } : one)),
    // There was no `device/lost`.
    2: eachEvent((one) => one),
    3: fromVersion3,
  },
  first: 'study/started',
  read: readStudyEvent,
  fits: studyMisfit,
  digestLine,
};
