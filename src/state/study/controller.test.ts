/** Correlation studies from start to finish, with a worker that makes its results up. */
import { regionOf } from '../../core/cellId.ts';
import { packLog } from '../../core/log/file.ts';
import { STUDY_LOG } from '../../core/study/log.ts';
import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { gunzip } from '../../core/gzip.ts';
import { syntheticConfig } from '../../core/run/testing.ts';
import type { StudyAmount } from '../../core/study/config.ts';
import {
  syntheticStudyConfig,
  syntheticStudyEvents,
  syntheticStudyLog,
} from '../../core/study/testing.ts';
import { dispatch } from '../actions.ts';
import { createMemoryStorage, openIdbStorage } from '../storage/open.ts';
import { createTestLab, type TestLab } from '../testing.ts';

const run = syntheticConfig(4);
const config = syntheticStudyConfig();
const amount: StudyAmount = { architectures: 8, seeds: 1, supernets: 1 };
const whole = syntheticStudyEvents({ config, amount });

const studyOf = (lab: TestLab) => lab.store.getState().study;
const statusOf = (lab: TestLab) => studyOf(lab).status;

async function begin(lab: TestLab, events: number, wanted = amount): Promise<void> {
  void lab.studies.begin(config, wanted);
  await vi.waitFor(() => expect(lab.scripts[0]?.study.asked).toHaveLength(1));
  lab.script().study.tell(events);
}

const newLab = () => createTestLab(createMemoryStorage(), run);

describe('a correlation study', () => {
  it('is measured, stored, and reported with intervals', async () => {
    const storage = createMemoryStorage();
    const lab = createTestLab(storage, run);
    await begin(lab, Number.POSITIVE_INFINITY);
    await vi.waitFor(() => expect(statusOf(lab)).toBe('finished'));
    await lab.studies.flush();
    const { log, studies } = studyOf(lab);
    expect(log?.events).toEqual(whole);
    expect((await storage.studies.load(log?.id ?? ''))?.events).toEqual(whole);
    expect(studies).toMatchObject([{ id: log?.id, finished: true, evaluations: 8 }]);
    await vi.waitFor(() => {
      const { report, view } = studyOf(lab);
      expect(report?.eventCount).toBe(view.eventCount);
      expect(report?.analysis.resamples).toBeGreaterThan(0);
    });
    const fade = studyOf(lab).report?.analysis.rankers.find(({ id }) => id === 'fade');
    expect(fade?.n).toBe(8);
    expect(fade?.intervals.spearman).not.toBeNull();
  });

  it('offers the worker what other studies trained with the same settings', async () => {
    const storage = createMemoryStorage();
    const before = syntheticStudyLog({ config, amount });
    await storage.studies.create(before, '2026-01-01T00:00:00.000Z');
    const lab = createTestLab(storage, run);
    await begin(lab, 1);
    const [body] = lab.script().study.asked;
    expect(body?.known).toMatchObject([{ header: before.events[0] }]);
    expect(body?.known[0]?.evaluations).toHaveLength(8);
    lab.studies.pause();
    const other = { ...config, run: { ...config.run, search: { ...config.run.search, seed: 9 } } };
    void lab.studies.begin(other, amount);
    await vi.waitFor(() => expect(lab.script().study.asked).toHaveLength(2));
    expect(lab.script().study.asked[1]?.known).toEqual([]);
  });

  it('has no report before three architectures are trained', async () => {
    const lab = newLab();
    const third = whole.findIndex((event, at) => {
      const done = whole.slice(0, at + 1).filter(({ type }) => type === 'evaluation/finished');
      return event.type === 'evaluation/finished' && done.length === 3;
    });
    await begin(lab, third);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(studyOf(lab).report).toBeNull();
    lab.script().study.tell(1);
    await vi.waitFor(() => expect(studyOf(lab).report?.analysis.truth.n).toBe(3), 3000);
  });

  it('pauses, and goes on where it was', async () => {
    const lab = newLab();
    await begin(lab, 5);
    lab.studies.pause();
    await vi.waitFor(() => expect(statusOf(lab)).toBe('paused'));
    void lab.studies.resume();
    await vi.waitFor(() => expect(lab.script().study.asked).toHaveLength(2));
    expect(lab.script().study.asked[1]?.events).toEqual(whole.slice(0, 5));
    lab.script().study.tell();
    await vi.waitFor(() => expect(statusOf(lab)).toBe('finished'));
    expect(studyOf(lab).log?.events).toEqual(whole);
  });

  it('goes on after a reload from what was stored, without repeating a job', async () => {
    const name = `studies-${Math.floor(performance.now() * 1000)}`;
    const first = createTestLab(await openIdbStorage(name), run);
    await begin(first, 7);
    await first.studies.flush();
    first.studies.dispose();

    const second = createTestLab(await openIdbStorage(name), run);
    expect(await second.studies.openLast()).toBe(true);
    expect(statusOf(second)).toBe('paused');
    void second.studies.resume();
    await vi.waitFor(() => expect(second.scripts[0]?.study.asked).toHaveLength(1));
    second.script().study.tell();
    await vi.waitFor(() => expect(statusOf(second)).toBe('finished'));
    await second.studies.flush();
    expect(studyOf(second).log?.events).toEqual(whole);
    const stored = await (await openIdbStorage(name)).studies.load(studyOf(second).log?.id ?? '');
    expect(stored?.events).toEqual(whole);
  });

  it('resumes what was asked for even if it was paused before anything was logged', async () => {
    const lab = newLab();
    await begin(lab, 0);
    lab.studies.pause();
    await vi.waitFor(() => expect(statusOf(lab)).toBe('paused'));
    void lab.studies.resume();
    await vi.waitFor(() => expect(lab.script().study.asked).toHaveLength(2));
    expect(lab.script().study.asked[1]).toMatchObject({ amount, config });
  });

  it('is asked for more and keeps everything', async () => {
    const lab = newLab();
    await begin(lab, Number.POSITIVE_INFINITY);
    await vi.waitFor(() => expect(statusOf(lab)).toBe('finished'));
    const choice = studyOf(lab).view.architectures[0]?.choice ?? [];
    const extra = [{ choice, seeds: 1, steps: 2 * config.steps }];
    void lab.studies.extend({ amount: { architectures: 9, seeds: 2 }, extra });
    await vi.waitFor(() => expect(lab.script().study.asked).toHaveLength(2));
    lab.script().study.tell();
    await vi.waitFor(() => expect(statusOf(lab)).toBe('finished'));
    const { log, view } = studyOf(lab);
    expect(log?.events.slice(0, whole.length)).toEqual(whole);
    expect(view.architectures).toHaveLength(9);
    expect(view.architectures.every(({ evaluations }) => evaluations.length === 2)).toBe(true);
    expect(view.architectures[0]?.extra).toMatchObject([{ steps: 2 * config.steps }]);
  });

  it.each([
    [{ ...amount, architectures: 2 }, /amount\.architectures is 2/],
    [{ ...amount, architectures: 99 }, /amount\.architectures is 99/],
    [{ ...amount, seeds: 0 }, /amount\.seeds is 0/],
  ])('refuses to measure %j', async (wanted, message) => {
    const lab = newLab();
    await expect(lab.studies.begin(config, wanted)).rejects.toThrow(message);
    expect(studyOf(lab).log).toBeNull();
  });

  it('refuses a region that does not fit the space', async () => {
    const wrong = {
      ...config,
      region: regionOf(5, [
        [0, 1, 3],
        [0, 1, 3],
      ]),
    };
    await expect(newLab().studies.begin(wrong, amount)).rejects.toThrow(
      /region\.0 .*space\.vertices/,
    );
  });

  it('says so when the worker dies, and goes on with another', async () => {
    const lab = newLab();
    await begin(lab, 6);
    lab.script().worker.crash('out of memory');
    await vi.waitFor(() => expect(statusOf(lab)).toBe('failed'));
    expect(studyOf(lab).failure?.code).toBe('worker-died');
    void lab.studies.resume();
    await vi.waitFor(() => expect(lab.scripts[1]?.study.asked).toHaveLength(1));
    lab.script().study.tell();
    await vi.waitFor(() => expect(statusOf(lab)).toBe('finished'));
    expect(studyOf(lab).log?.events).toEqual(whole);
  });

  it('is renamed and deleted', async () => {
    const lab = newLab();
    await begin(lab, 4);
    const id = studyOf(lab).log?.id ?? '';
    await lab.studies.rename(id, 'Another name');
    expect(studyOf(lab).log?.title).toBe('Another name');
    expect(studyOf(lab).studies[0]?.title).toBe('Another name');
    await lab.studies.remove(id);
    expect(studyOf(lab)).toMatchObject({ log: null, status: 'idle', studies: [] });
  });
});

describe('a shipped study', () => {
  const shipped = { file: 'mnist.jsonl.gz', title: 'MNIST', dataset: 'mnist', about: '' };

  it('is looked at without being stored, and copied when more is asked for', async () => {
    const lab = newLab();
    const log = syntheticStudyLog({ config, amount });
    await lab.studies.openShipped(shipped, async () => packLog(STUDY_LOG, log));
    expect(studyOf(lab)).toMatchObject({ recorded: true, status: 'finished', studies: [] });
    void lab.studies.extend({ amount: { seeds: 2 } });
    await vi.waitFor(() => expect(lab.scripts[0]?.study.asked).toHaveLength(1));
    const { log: copy, recorded } = studyOf(lab);
    expect(recorded).toBe(false);
    expect(copy?.id).not.toBe(log.id);
    expect(copy?.events).toEqual(log.events);
    expect(studyOf(lab).studies).toHaveLength(1);
  });
});

describe('several regions', () => {
  const finishOne = async (lab: TestLab, seed: number) => {
    const log = syntheticStudyLog(
      { config, amount: { ...amount, seeds: 2 }, salt: seed },
      `s${seed}`,
    );
    await lab.studies.openFile('study.jsonl.gz', await packLog(STUDY_LOG, log));
  };

  it('are put side by side: the mean within, and the pooled value apart', async () => {
    const lab = newLab();
    await finishOne(lab, 1);
    await expect(lab.studies.pool()).rejects.toThrow(/no other finished study/);
    await finishOne(lab, 2);
    await finishOne(lab, 3);
    await lab.studies.pool();
    const fade = studyOf(lab).pooled?.rankers.find(({ id }) => id === 'fade');
    expect(fade?.regions).toHaveLength(3);
    expect(fade?.naive.n).toBe(24);
  });
});

describe('files', () => {
  it('are told apart by their header', async () => {
    const lab = newLab();
    const log = syntheticStudyLog({ config, amount });
    lab.platform.download('study.jsonl.gz', await packLog(STUDY_LOG, log), '');
    await dispatch(lab, 'open');
    expect(lab.store.getState().screen).toBe('correlation');
    expect(studyOf(lab).log?.events).toEqual(log.events);
    await dispatch(lab, 'study-export');
    expect(lab.downloads.at(-1)?.fileName).toMatch(/^study-.*\.jsonl\.gz$/);
    await dispatch(lab, 'open');
    expect(studyOf(lab).log?.id).not.toBe(log.id);
  });

  it('hold a table with a row for each architecture', async () => {
    const lab = newLab();
    const log = syntheticStudyLog({ config, amount });
    await lab.studies.openFile('study.jsonl.gz', await packLog(STUDY_LOG, log));
    await dispatch(lab, 'study-csv');
    const csv = new TextDecoder().decode(lab.downloads.at(-1)?.bytes);
    const lines = csv.trim().split('\r\n');
    expect(lines).toHaveLength(9);
    expect(lines[0]).toContain('mean accuracy');
    expect(lines[0]).toContain('score fade');
  });

  it('say what is wrong with a damaged study', async () => {
    const lab = newLab();
    const bytes = await packLog(STUDY_LOG, syntheticStudyLog({ config, amount }));
    const { bytes: plain } = await gunzip(bytes);
    const text = new TextDecoder().decode(plain).replace('"type":"study/selected"', '"type":"x"');
    await expect(
      lab.studies.openFile('broken.jsonl', new TextEncoder().encode(text)),
    ).rejects.toMatchObject({ code: 'log-damaged' });
    expect(studyOf(lab).log).toBeNull();
  });
});

describe('search and study', () => {
  it('never train at the same time: what starts pauses the other', async () => {
    const lab = newLab();
    await begin(lab, 4);
    void lab.session.start(run);
    await vi.waitFor(() => expect(lab.script().starts).toHaveLength(1));
    lab.script().tell(2);
    await vi.waitFor(() => expect(statusOf(lab)).toBe('paused'));
    expect(lab.store.getState().status).toBe('running');
    expect(lab.store.getState().notices.at(-1)?.text).toMatch(/study is paused/);
    void lab.studies.resume();
    await vi.waitFor(() => expect(lab.store.getState().status).toBe('paused'));
    expect(statusOf(lab)).toBe('starting');
    expect(lab.store.getState().notices.at(-1)?.text).toMatch(/search is paused/);
  });
});
