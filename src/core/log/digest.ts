/**
 * The fingerprint of a log: two logs with the same header event that went the same way have the same
 * one. What counts is for the kind to say; times never do.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { LogEvent, LogKind } from './kind.ts';

/** The part of a kind that decides. */
type Digested<E extends LogEvent> = Pick<LogKind<E>, 'digestLine'>;

export interface DigestBuilder<E> {
  add(event: E): void;
  /** The digest so far; more may be added afterwards. */
  hex(): string;
}

/** A digest that grows with its log. */
export function createDigest<E extends LogEvent>({ digestLine }: Digested<E>): DigestBuilder<E> {
  const hash = sha256.create();
  return {
    add(event) {
      const line = digestLine(event);
      if (line !== null) hash.update(utf8ToBytes(`${line}\n`));
    },
    hex: () => bytesToHex(hash.clone().digest()),
  };
}

/** Hex SHA-256 of what decided a log and what came of it. */
export function logDigest<E extends LogEvent>(kind: Digested<E>, events: readonly E[]): string {
  const digest = createDigest(kind);
  for (const event of events) digest.add(event);
  return digest.hex();
}
