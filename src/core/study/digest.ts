/**
 * The fingerprint of a study: two studies with the same header that measured the same have the same
 * one, however fast they were, however many workers measured and however often they lost their GPU. What
 * is left out: times, losses, and the wording about the device (the backend's name stays).
 */
import { canonicalJson } from '../canonical.ts';
import { createLineDigest, type DigestBuilder } from '../run/digest.ts';
import type { StudyEvent } from './events.ts';

/** The line an event adds to the digest; null if it adds none. */
function studyDigestLine(event: StudyEvent): string | null {
  if (event.type === 'device/lost') return null;
  const { wall: _, ...kept } = event;
  if ('milliseconds' in kept) {
    const { milliseconds: _, ...rest } = kept;
    return canonicalJson(rest);
  }
  if (kept.type !== 'study/started') return canonicalJson(kept);
  return canonicalJson({ ...kept, backend: { name: kept.backend.name } });
}

/** A digest that grows with its log. */
export function createStudyDigest(): DigestBuilder<StudyEvent> {
  return createLineDigest(studyDigestLine);
}

/** Hex SHA-256 of what decides a study and what came of it. */
export function studyDigest(events: readonly StudyEvent[]): string {
  const digest = createStudyDigest();
  for (const event of events) digest.add(event);
  return digest.hex();
}
