import { describe, expect, it } from 'vitest';
import { LabError } from '../errors.ts';
import { packLog, unpackLog } from '../log/file.ts';
import { eachEvent } from '../log/kind.ts';
import { decodeLog, encodeLog } from '../log/lines.ts';
import { upgradeEvents } from '../log/reader.ts';
import { LOG_VERSION } from './events.ts';
import { RUN_LOG } from './log.ts';
import { syntheticLog } from './testing.ts';

const log = syntheticLog({ generations: 2, partialSteps: 2 });
const text = encodeLog(RUN_LOG, log);
const lines = text.trimEnd().split('\n');

/** The error a damaged text gives. */
function errorOf(content: string): LabError {
  try {
    decodeLog(RUN_LOG, content, 'run.jsonl');
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown;
    throw thrown;
  }
  throw new Error('not refused');
}

const withLine = (index: number, line: string) =>
  `${lines.map((old, i) => (i === index ? line : old)).join('\n')}\n`;

const edited = (index: number, change: (record: { [key: string]: unknown }) => void) => {
  const record = JSON.parse(lines[index] ?? '');
  change(record);
  return withLine(index, JSON.stringify(record));
};

describe('files of runs', () => {
  it('reads what it writes, plain and compressed', async () => {
    expect(decodeLog(RUN_LOG, text, 'run.jsonl')).toEqual(log);
    const packed = await packLog(RUN_LOG, log);
    expect(packed.length).toBeLessThan(text.length / 2);
    expect(await unpackLog(RUN_LOG, packed, 'run.jsonl.gz')).toEqual(log);
    expect(await unpackLog(RUN_LOG, new TextEncoder().encode(text), 'run.jsonl')).toEqual(log);
  });

  it.each([
    ['an empty file', '', 1, 'the line'],
    ['a foreign file', '{"format":"zip"}\n', 1, 'format'],
    ['a nameless run', edited(0, (record) => delete record.title), 1, 'title'],
    ['no version', edited(0, (record) => delete record.version), 1, 'version'],
    ['no JSON', withLine(3, 'hello'), 4, 'the line'],
    ['a list', withLine(3, '[]'), 4, 'the line'],
    ['an unknown event', edited(2, (record) => (record.type = 'run/dreamt')), 3, 'type'],
    ['a missing field', edited(3, (record) => delete record.loss), 4, 'loss'],
    ['a wrong type', edited(3, (record) => (record.weights = [['a']])), 4, 'weights.0.0'],
    ['an unknown field', edited(3, (record) => (record.mood = 1)), 4, 'mood'],
    ['a bad number', edited(3, (record) => (record.step = -1)), 4, 'step'],
    ['a header in the middle', withLine(3, lines[1] ?? ''), 4, 'type'],
    ['no header event', `${lines[0]}\n${lines[2]}\n`, 2, 'type'],
  ])('refuses %s, and says where', (_, content, line, field) => {
    const error = errorOf(content);
    expect(error.code).toBe('log-damaged');
    expect(error.details).toMatchObject({ file: 'run.jsonl', line, field });
    expect(error.message).toContain(`run.jsonl, line ${line}: ${field}`);
  });

  it('names the setting that is wrong in a config', () => {
    const error = errorOf(
      edited(1, (record) => {
        record.config = { ...syntheticConfigOf(record), preset: 'none' };
      }),
    );
    expect(error.details.field).toBe('config');
    expect(error.message).toContain('preset is "none"');
  });

  it('asks for a newer lab if the file is newer', () => {
    const error = errorOf(edited(0, (record) => (record.version = 99)));
    expect(error.code).toBe('log-unsupported');
    expect(error.details).toMatchObject({ version: 99, supported: LOG_VERSION });
  });

  it('offers what a cut-off file still holds', () => {
    const cut = text.slice(0, text.length - 40);
    const error = errorOf(cut);
    expect(error.details.recoveredEvents).toBe(log.events.length - 1);
    const salvaged = decodeLog(RUN_LOG, cut, 'run.jsonl', { salvage: true });
    expect(salvaged.events).toEqual(log.events.slice(0, -1));
  });

  it('offers what cut-off compressed data still holds', async () => {
    const packed = await packLog(RUN_LOG, syntheticLog({ generations: 40 }));
    const cut = packed.slice(0, Math.floor(packed.length * 0.9));
    await expect(unpackLog(RUN_LOG, cut, 'run.gz')).rejects.toMatchObject({
      code: 'log-damaged',
      details: { field: 'the compressed data' },
    });
    const salvaged = await unpackLog(RUN_LOG, cut, 'run.gz', { salvage: true }).catch(
      (thrown) => thrown,
    );
    if (!(salvaged instanceof LabError)) expect(salvaged.events.length).toBeGreaterThan(0);
  });

  it('migrates old files line by line', () => {
    const old = edited(3, (record) => {
      record.lossValue = record.loss;
      delete record.loss;
    });
    const renamed = eachEvent((record) => {
      if (record.type !== 'job/progress' || !('lossValue' in record)) return record;
      const { lossValue, ...rest } = record;
      return { ...rest, loss: lossValue };
    });
    const migrations = { ...RUN_LOG.migrations, [LOG_VERSION]: renamed };
    const next = { ...RUN_LOG, version: LOG_VERSION + 1, migrations };
    expect(decodeLog(next, old, 'old.jsonl')).toEqual(log);
    const afterNext = { ...RUN_LOG, version: LOG_VERSION + 2 };
    expect(() => decodeLog(afterNext, text, 'old.jsonl')).toThrow(LabError);
  });

  it.each([
    [1, ['executor', 'threads']],
    [2, ['threads']],
  ])('says what the header of version %i did not: %o', (version, fields) => {
    const nameless = edited(1, (record) => {
      for (const field of fields) delete record[field];
    });
    const [first, ...rest] = nameless.split('\n');
    const old = [JSON.stringify({ ...JSON.parse(first ?? ''), version }), ...rest].join('\n');
    expect(decodeLog(RUN_LOG, old, 'old.jsonl')).toEqual(log);
    expect(errorOf(nameless).details).toMatchObject({ line: 2, field: fields[0] });
    const stored = JSON.parse(rest[0] ?? '');
    expect(upgradeEvents(RUN_LOG, [stored], version, 'old')).toEqual([log.events[0]]);
  });

  it('asks for at least one thread', () => {
    const error = errorOf(edited(1, (record) => (record.threads = 0)));
    expect(error.details).toMatchObject({ line: 2, field: 'threads' });
  });
});

function syntheticConfigOf(record: { [key: string]: unknown }): object {
  return typeof record.config === 'object' && record.config !== null ? record.config : {};
}
