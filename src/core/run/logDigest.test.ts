import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../canonical.ts';
import { createDigest, logDigest } from '../log/digest.ts';
import type { RunEvent } from './events.ts';
import { RUN_LOG } from './log.ts';
import { syntheticEvents } from './testing.ts';

const events = syntheticEvents();
const digest = logDigest(RUN_LOG, events);

describe('the digest of a run', () => {
  it('ignores wall times, pauses, threads, and the wording about the device', () => {
    const pause: RunEvent = { type: 'run/paused', at: 3, wall: 1, round: 0, step: 3 };
    const other = syntheticEvents({ wallPerStep: 77 }).map((event): RunEvent => {
      if (event.type !== 'run/started') return { ...event, wall: event.wall + 5 };
      const backend = { ...event.backend, adapter: 'another', reason: 'another' };
      return { ...event, threads: 7, backend };
    });
    other.splice(4, 0, pause);
    expect(logDigest(RUN_LOG, other)).toBe(digest);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('sees everything else', () => {
    expect(logDigest(RUN_LOG, syntheticEvents({ salt: 1 }))).not.toBe(digest);
    expect(logDigest(RUN_LOG, events.slice(0, -1))).not.toBe(digest);
    const elsewhere = events.map(
      (event): RunEvent =>
        event.type === 'run/started'
          ? { ...event, backend: { ...event.backend, name: 'wasm' } }
          : event,
    );
    expect(logDigest(RUN_LOG, elsewhere)).not.toBe(digest);
  });

  it('grows with its log', () => {
    const builder = createDigest(RUN_LOG);
    for (const [index, event] of events.entries()) {
      builder.add(event);
      if (index === 5) expect(builder.hex()).toBe(logDigest(RUN_LOG, events.slice(0, 6)));
    }
    expect(builder.hex()).toBe(digest);
  });

  it('does not depend on the order of keys', () => {
    expect(canonicalJson({ b: [1, { d: 2, c: null }], a: 'x' })).toBe(
      '{"a":"x","b":[1,{"c":null,"d":2}]}',
    );
  });
});
