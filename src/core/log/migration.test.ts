/** Migrations with a kind of log made up for it: what they may remember, add and leave out. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { LabError } from '../errors.ts';
import { logDigest } from './digest.ts';
import { packLog, unpackLog } from './file.ts';
import type { LogKind, NamedLog } from './kind.ts';
import { decodeLog, encodeLog } from './lines.ts';
import { upgradeEvents } from './reader.ts';
import { readShape } from './shape.ts';

/**
 * A log of a walk. Version 1 told kilometres; version 2 tells metres, in the unit that its header
 * names. Version 3 tells every stride apart, under another name, and nothing of rests.
 */
const EVENT = v.variant('type', [
  v.strictObject({ type: v.literal('walk/started'), strides: v.number() }),
  v.strictObject({ type: v.literal('stride/taken'), metres: v.number() }),
]);
type WalkEvent = v.InferOutput<typeof EVENT>;

const WALK: LogKind<WalkEvent> = {
  format: 'walk',
  noun: 'walk',
  version: 3,
  first: 'walk/started',
  read: (value) => readShape(EVENT, value),
  digestLine: (event) => JSON.stringify(event),
  migrations: {
    1: () => {
      let unit = 1;
      return (event) => {
        if (event.type === 'walk/started') {
          unit = event.unit === 'km' ? 1000 : 1;
          const { unit: _, ...rest } = event;
          return [rest];
        }
        if (event.type !== 'walked') return [event];
        return [{ type: 'walked', metres: Number(event.distance) * unit }];
      };
    },
    2: () => {
      let strides = 1;
      return (event) => {
        if (event.type === 'walk/started') strides = Number(event.strides);
        if (event.type === 'rested') return [];
        if (event.type !== 'walked') return [event];
        const metres = Number(event.metres) / strides;
        return Array.from({ length: strides }, () => ({ type: 'stride/taken', metres }));
      };
    },
  },
};

const NAME = { id: 'w', title: 'A walk', createdAt: '2026-01-01' };
const OLD = [
  { type: 'walk/started', unit: 'km', strides: 2 },
  { type: 'walked', distance: 3 },
  { type: 'rested' },
  { type: 'walked', distance: 1 },
];
const NEW: WalkEvent[] = [
  { type: 'walk/started', strides: 2 },
  { type: 'stride/taken', metres: 1500 },
  { type: 'stride/taken', metres: 1500 },
  { type: 'stride/taken', metres: 500 },
  { type: 'stride/taken', metres: 500 },
];

const file = (version: number, events: readonly object[]) =>
  encodeLog({ format: 'walk', version }, { ...NAME, events: events.map(typed) });

const typed = (event: object) => ({ type: '', ...event });

function errorOf(work: () => unknown): LabError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown;
  }
  throw new Error('not refused');
}

describe('migrations', () => {
  it('remember the header event, make several events of one, and leave some out', () => {
    expect(decodeLog(WALK, file(1, OLD), 'walk.jsonl')).toEqual({ ...NAME, events: NEW });
  });

  it('begin anew for each log', () => {
    const metres = [{ type: 'walk/started', unit: 'm', strides: 1 }, OLD[1] ?? {}];
    decodeLog(WALK, file(1, OLD), 'walk.jsonl');
    expect(decodeLog(WALK, file(1, metres), 'walk.jsonl').events[1]).toMatchObject({ metres: 3 });
  });

  it('begin where a log stands', () => {
    const second = [
      { type: 'walk/started', strides: 1 },
      { type: 'walked', metres: 7 },
    ];
    expect(decodeLog(WALK, file(2, second), 'walk.jsonl').events[1]).toEqual({
      type: 'stride/taken',
      metres: 7,
    });
    expect(decodeLog(WALK, file(3, NEW), 'walk.jsonl').events).toEqual(NEW);
  });

  it('do the same to stored events, and to fields of no value', () => {
    const holed = OLD.map((event) => ({ ...event, mood: undefined }));
    expect(upgradeEvents(WALK, holed, 1, 'A walk')).toEqual(NEW);
    expect(upgradeEvents(WALK, NEW, 3, 'A walk')).toEqual(NEW);
  });

  it('give files of the present version: the digest is that of the migrated log', async () => {
    const log: NamedLog<WalkEvent> = decodeLog(WALK, file(1, OLD), 'walk.jsonl');
    const again = await unpackLog(WALK, await packLog(WALK, log), 'walk.gz');
    expect(again).toEqual(log);
    expect(logDigest(WALK, again.events)).toBe(logDigest(WALK, NEW));
    expect(logDigest(WALK, NEW.slice(1))).not.toBe(logDigest(WALK, NEW));
  });

  it('name the line of the file and the stored event that are wrong, however many there are now', () => {
    const wrong = [...OLD, { type: 'flown' }];
    const inFile = errorOf(() => decodeLog(WALK, file(1, wrong), 'walk.jsonl'));
    expect(inFile.details).toMatchObject({ line: 6, field: 'type', recoveredEvents: 5 });
    const stored = errorOf(() => upgradeEvents(WALK, wrong, 1, 'A walk'));
    expect(stored).toMatchObject({ code: 'log-damaged', details: { event: 5, field: 'type' } });
    const salvaged = decodeLog(WALK, file(1, wrong), 'walk.jsonl', { salvage: true });
    expect(salvaged.events).toEqual(NEW);
  });

  it('refuse what is newer, and what there is no way from', () => {
    const newer = errorOf(() => decodeLog(WALK, file(4, NEW), 'walk.jsonl'));
    expect(newer).toMatchObject({ code: 'log-unsupported', details: { version: 4, supported: 3 } });
    const gap = { ...WALK, version: 4 };
    expect(errorOf(() => decodeLog(gap, file(1, OLD), 'x')).code).toBe('log-unsupported');
  });
});
