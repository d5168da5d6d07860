/**
 * The fingerprint of a run: two runs with the same header that went the same way have the same one,
 * however fast they were and however often they were paused or lost their GPU. What is left out: wall
 * times, pauses, losses, threads, and the wording about the device (the backend's name stays).
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../canonical.ts';
import type { RunEvent } from './events.ts';

/** The line an event adds to the digest; null if it adds none. */
export function digestLine(event: RunEvent): string | null {
  if (event.type === 'run/paused' || event.type === 'device/lost') return null;
  const { wall: _, ...kept } = event;
  if (kept.type === 'supernet/progress') {
    const { wallPerStep: _, ...rest } = kept;
    return canonicalJson(rest);
  }
  if (kept.type === 'run/started') {
    const { threads: _, ...rest } = kept;
    return canonicalJson({ ...rest, backend: { name: rest.backend.name } });
  }
  return canonicalJson(kept);
}

export interface DigestBuilder<E = RunEvent> {
  add(event: E): void;
  /** The digest so far; more may be added afterwards. */
  hex(): string;
}

/** A digest of any kind of log that grows with it; `line` says what an event adds, null: nothing. */
export function createLineDigest<E>(line: (event: E) => string | null): DigestBuilder<E> {
  const hash = sha256.create();
  return {
    add(event) {
      const added = line(event);
      if (added !== null) hash.update(utf8ToBytes(`${added}\n`));
    },
    hex: () => bytesToHex(hash.clone().digest()),
  };
}

/** A digest that grows with its log. */
export function createDigest(): DigestBuilder {
  return createLineDigest(digestLine);
}

/** Hex SHA-256 of what decides a run and what came of it. */
export function logDigest(events: readonly RunEvent[]): string {
  const digest = createDigest();
  for (const event of events) digest.add(event);
  return digest.hex();
}
