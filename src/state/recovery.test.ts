/** What the page says of a GPU that was lost while work went on. */
import { expect, test, vi } from 'vitest';
import type { DeviceLost } from '../core/run/events.ts';
import { syntheticConfig } from '../core/run/testing.ts';
import type { StudyEvent } from '../core/study/events.ts';
import { syntheticStudyConfig } from '../core/study/testing.ts';
import { createMemoryStorage } from './storage/open.ts';
import { createTestLab } from './testing.ts';

const LOST: DeviceLost = {
  type: 'device/lost',
  at: 3,
  wall: 40,
  round: 0,
  job: 0,
  supernet: 0,
  step: 3,
  message: 'a cable',
  from: { job: 0, supernet: 0, step: 2 },
};

async function running() {
  const storage = createMemoryStorage();
  const lab = createTestLab(storage, syntheticConfig(4));
  void lab.session.start(syntheticConfig(4));
  await vi.waitFor(() => expect(lab.scripts[0]?.starts.length).toBe(1));
  lab.script().tell(5);
  return { lab, storage, id: lab.store.getState().run?.id ?? '' };
}

test('a run: one notice, an event in the log, and on it goes', async () => {
  const { lab, storage, id } = await running();
  lab.script().worker.push('events', { run: id, events: [LOST] });
  const { status, notices, live } = lab.store.getState();
  expect(status).toBe('running');
  expect(notices).toMatchObject([
    { kind: 'warning', text: 'The GPU was lost at step 3; training went on from step 2.' },
  ]);
  expect(live.lost).toEqual(LOST);
  lab.script().tell();
  await vi.waitFor(() => expect(lab.store.getState().status).toBe('finished'));
  await lab.session.flush();
  expect((await storage.runs.load(id))?.events).toContainEqual(LOST);
});

test('an opened log tells of it on its panels only: a notice is for what happens now', async () => {
  const { lab, id } = await running();
  lab.script().worker.push('events', { run: id, events: [LOST] });
  lab.store.setState({ notices: [] });
  await lab.session.open(id);
  expect(lab.store.getState().live.lost).toEqual(LOST);
  expect(lab.store.getState().notices).toEqual([]);
});

test('a study: one notice, and its log counts it after a reload', async () => {
  const storage = createMemoryStorage();
  const lab = createTestLab(storage, syntheticConfig(4));
  const config = syntheticStudyConfig();
  void lab.studies.begin(config, { architectures: 3, seeds: 1, supernets: 1 });
  await vi.waitFor(() => expect(lab.scripts[0]?.study.asked).toHaveLength(1));
  lab.script().study.tell(4);
  const { study } = lab.store.getState();
  const { choice = [] } = study.view.architectures[0] ?? {};
  const jobs = [0, 1].map((seed) => ({ kind: 'alone', choice, seed, steps: 4 }) as const);
  const lost: StudyEvent = { type: 'device/lost', at: 9, wall: 9, message: 'a cable', jobs };
  lab.script().worker.push('studyEvents', { study: study.log?.id ?? '', events: [lost] });
  const said = {
    kind: 'warning',
    text: 'The GPU was lost and came back; the 2 trainings on it began again.',
  };
  expect(lab.store.getState().notices).toMatchObject([said]);
  await lab.studies.flush();

  const later = createTestLab(storage, syntheticConfig(4));
  await later.studies.openLast();
  expect(later.store.getState().study.view.losses).toBe(1);
  expect(later.store.getState().notices).toEqual([]);
});

test('work without a log says it in its own words', async () => {
  const { lab } = await running();
  lab.script().worker.push('warning', 'It began again.');
  expect(lab.store.getState().notices).toMatchObject([
    { kind: 'warning', text: 'It began again.' },
  ]);
});
