import { describe, expect, it } from 'vitest';
import { LabError } from '../errors.ts';
import { logDigest } from '../log/digest.ts';
import { packLog, unpackLog } from '../log/file.ts';
import { decodeLog, encodeLog } from '../log/lines.ts';
import { upgradeEvents } from '../log/reader.ts';
import { RUN_LOG } from '../run/log.ts';
import { syntheticLog } from '../run/testing.ts';
import type { StudyEvent, StudyLog, SupernetReadout } from './events.ts';
import { STUDY_LOG } from './log.ts';
import { reduceStudy } from './reducer.ts';
import { syntheticExtension, syntheticStudyEvents, syntheticStudyLog } from './testing.ts';

const plain = syntheticStudyLog({ diverged: (id) => id.endsWith('0') });
const { architectures, variants } = reduceStudy(plain.events);
const choice = architectures[0]?.choice ?? [];
const amount = { architectures: 8, seeds: 2, supernets: 1 };
const LOST: StudyEvent = {
  type: 'device/lost',
  at: 1,
  wall: 1,
  message: 'a cable',
  jobs: [
    { kind: 'supernet', variant: variants[0]?.id ?? '', supernet: 0 },
    { kind: 'alone', choice, seed: 1, steps: 16 },
    { kind: 'proxies', choice },
  ],
};
const log: StudyLog = {
  ...plain,
  events: [
    ...syntheticExtension(plain.events, amount, [{ choice, seeds: 1, steps: 16 }]),
    LOST,
    {
      type: 'study/failed',
      at: 1,
      wall: 1,
      error: { code: 'device-lost', message: 'gone', details: { step: 1 } },
    },
  ],
};
const text = encodeLog(STUDY_LOG, log);
const lines = text.trimEnd().split('\n');
const lineOf = (type: string) => log.events.findIndex((event) => event.type === type) + 1;

function errorOf(content: string): LabError {
  try {
    decodeLog(STUDY_LOG, content, 'study.jsonl');
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown;
    throw thrown;
  }
  throw new Error('not refused');
}

/** The text with the first event of a type replaced. */
function edited<T extends StudyEvent['type']>(
  type: T,
  change: (event: Extract<StudyEvent, { type: T }>) => object,
): string {
  const isIt = (event: StudyEvent): event is Extract<StudyEvent, { type: T }> =>
    event.type === type;
  const event = log.events.find(isIt);
  if (!event) throw new Error(`no ${type}`);
  const line = JSON.stringify(change(event));
  return `${lines.map((old, i) => (i === lineOf(type) ? line : old)).join('\n')}\n`;
}

/** The text with the first readout of the first supernet changed. */
const readout = (change: (one: SupernetReadout) => object) =>
  edited('supernet/finished', (event) => {
    const [first, ...rest] = event.readouts;
    return { ...event, readouts: [first && change(first), ...rest] };
  });

const supernet = lineOf('supernet/finished');
const selected = lineOf('study/selected');
const evaluation = lineOf('evaluation/finished');
const loss = lineOf('device/lost');

describe('files of studies', () => {
  it('reads what it writes, plain and compressed, failures, losses and extensions included', async () => {
    expect(new Set(log.events.map(({ type }) => type)).size).toBe(9);
    expect(decodeLog(STUDY_LOG, text, 'study.jsonl')).toEqual(log);
    expect(await unpackLog(STUDY_LOG, await packLog(STUDY_LOG, log), 'study.jsonl.gz')).toEqual(
      log,
    );
  });

  it('writes a loss that is no number, and reads it back', () => {
    const events = log.events.map((event): StudyEvent => {
      if (event.type !== 'supernet/finished') return event;
      const readouts = event.readouts.map((one) => ({
        ...one,
        probe: one.probe.map((row) => row.map(() => Number.NaN)),
      }));
      return { ...event, readouts };
    });
    const read = decodeLog(STUDY_LOG, encodeLog(STUDY_LOG, { ...log, events }), 'study.jsonl');
    expect(read.events).toEqual(events);
    expect(logDigest(STUDY_LOG, read.events)).toBe(logDigest(STUDY_LOG, events));
  });

  it.each([
    ['a run', encodeLog(RUN_LOG, syntheticLog()), 0, 'format'],
    [
      'an unknown field',
      edited('evaluation/finished', (e) => ({ ...e, mood: 1 })),
      evaluation,
      'mood',
    ],
    [
      'a missing field',
      edited('evaluation/finished', ({ seed: _, ...rest }) => rest),
      evaluation,
      'seed',
    ],
    [
      'an impossible choice',
      edited('study/selected', (e) => ({
        ...e,
        choices: [
          [0, 0],
          [0, 3],
        ],
      })),
      selected,
      'choices.1',
    ],
    [
      'another architecture',
      edited('evaluation/finished', (e) => ({ ...e, architecture: '3:0.0.0' })),
      evaluation,
      'architecture',
    ],
    [
      'an unknown variant',
      edited('supernet/finished', (e) => ({ ...e, variant: 'other' })),
      supernet,
      'variant',
    ],
    [
      'a lost candidate',
      readout((one) => ({ ...one, probe: one.probe.map((row) => row.slice(1)) })),
      supernet,
      'readouts.0.probe',
    ],
    [
      'a lost path',
      readout(({ exhaustive, ...rest }) => ({
        ...rest,
        exhaustive: { losses: exhaustive?.losses.slice(1), accuracies: exhaustive?.accuracies },
      })),
      supernet,
      'readouts.0.exhaustive.losses',
    ],
    [
      'no readout',
      edited('supernet/finished', (e) => ({ ...e, readouts: [] })),
      supernet,
      'readouts',
    ],
    [
      'an amount of none',
      edited('study/started', (e) => ({ ...e, amount: { ...e.amount, seeds: 0 } })),
      1,
      'amount.seeds',
    ],
    [
      'a job of an unknown variant',
      edited('device/lost', (e) => ({
        ...e,
        jobs: [{ kind: 'supernet', variant: 'other', supernet: 0 }],
      })),
      loss,
      'jobs.0.variant',
    ],
    [
      'a job of an impossible choice',
      edited('device/lost', (e) => ({ ...e, jobs: [{ kind: 'proxies', choice: [0, 9] }] })),
      loss,
      'jobs.0.choice',
    ],
    ['a loss of no job', edited('device/lost', (e) => ({ ...e, jobs: [] })), loss, 'jobs'],
    ['no header', `${lines[0]}\n${lines[3]}\n`, 1, 'type'],
  ])('refuses %s, and says where', (_, content, index, field) => {
    const error = errorOf(content);
    const line = index + 1;
    expect(error.code).toBe('log-damaged');
    expect(error.details).toMatchObject({ file: 'study.jsonl', line, field });
  });

  it('names what is wrong in the config', () => {
    const error = errorOf(
      edited('study/started', (e) => ({ ...e, config: { ...e.config, checkpoints: 21 } })),
    );
    expect(error.message).toContain('checkpoints is 21');
    const region = errorOf(
      edited('study/started', (e) => ({
        ...e,
        config: { ...e.config, region: e.config.region.slice(0, 1) },
      })),
    );
    expect(region.message).toContain('region is ');
    expect(region.message).toContain('one for each of space.stages');
  });

  it('names the executor of version 1, which did not', () => {
    const [head = '', first = '', ...rest] = lines;
    const { executor: _, ...nameless } = JSON.parse(first);
    const old = [JSON.stringify({ ...JSON.parse(head), version: 1 }), JSON.stringify(nameless)];
    expect(decodeLog(STUDY_LOG, [...old, ...rest].join('\n'), 'study.jsonl')).toEqual(log);
    expect(upgradeEvents(STUDY_LOG, [nameless], 1, 'old')).toEqual([log.events[0]]);
    const now = [head, JSON.stringify(nameless), ...rest].join('\n');
    expect(errorOf(now).details).toMatchObject({ line: 2, field: 'executor' });
  });

  it('reads version 2, which knew no losses', () => {
    const [head = '', ...rest] = lines;
    const old = JSON.stringify({ ...JSON.parse(head), version: 2 });
    expect(decodeLog(STUDY_LOG, [old, ...rest].join('\n'), 'study.jsonl')).toEqual(log);
  });

  it('offers what a cut-off file still holds', () => {
    const cut = text.slice(0, text.length - 40);
    expect(errorOf(cut).details.recoveredEvents).toBe(log.events.length - 1);
    expect(decodeLog(STUDY_LOG, cut, 'study.jsonl', { salvage: true }).events).toEqual(
      log.events.slice(0, -1),
    );
  });
});

describe('the digest of a study', () => {
  const events = syntheticStudyEvents();

  it('ignores times and the wording about the device', () => {
    const slower = events.map((event): StudyEvent => {
      const later = { ...event, wall: event.wall + 7 };
      if ('milliseconds' in later) return { ...later, milliseconds: 12345 };
      if (later.type !== 'study/started') return later;
      return { ...later, backend: { ...later.backend, adapter: 'another', reason: 'another' } };
    });
    expect(logDigest(STUDY_LOG, slower)).toBe(logDigest(STUDY_LOG, events));
  });

  it('ignores lost devices', () => {
    const shaken = [...events.slice(0, 2), LOST, ...events.slice(2)];
    expect(logDigest(STUDY_LOG, shaken)).toBe(logDigest(STUDY_LOG, events));
  });

  it('sees everything else', () => {
    expect(logDigest(STUDY_LOG, syntheticStudyEvents({ salt: 1 }))).not.toBe(
      logDigest(STUDY_LOG, events),
    );
    expect(logDigest(STUDY_LOG, events.slice(0, -1))).not.toBe(logDigest(STUDY_LOG, events));
  });
});
