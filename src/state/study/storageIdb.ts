/** Studies kept in IndexedDB. Events are facts that never change, so a log only ever grows. */
import type { IDBPTransaction } from 'idb';
import { LabError } from '../../core/errors.ts';
import { upgradeEvents } from '../../core/log/reader.ts';
import type { StudyLog } from '../../core/study/events.ts';
import { STUDY_LOG } from '../../core/study/log.ts';
import { attempt, chunksOf, type Database, type LabSchema } from '../database.ts';
import {
  extendStudy,
  type StudyStorage,
  type StudySummary,
  studiesByRecency,
  summariseStudy,
} from './storage.ts';

type Transaction = IDBPTransaction<LabSchema, ('studies' | 'studyEvents')[], 'readwrite'>;

/** A transaction over a study and its events. Its failure is reported by the request that caused it. */
function begin(db: Database): Transaction {
  const tx = db.transaction(['studies', 'studyEvents'], 'readwrite');
  tx.done.catch(() => undefined);
  return tx;
}

async function change(
  db: Database,
  id: string,
  edit: (tx: Transaction, summary: StudySummary) => Promise<StudySummary>,
): Promise<StudySummary> {
  const tx = begin(db);
  const summary = await tx.objectStore('studies').get(id);
  if (!summary) {
    tx.abort();
    throw new LabError('storage-failed', `There is no stored study “${id}”.`, { study: id });
  }
  const next = await edit(tx, summary);
  await tx.objectStore('studies').put(next);
  await tx.done;
  return next;
}

async function create(db: Database, log: StudyLog, at: string): Promise<StudySummary> {
  const tx = begin(db);
  const summary = summariseStudy(log, at);
  await tx.objectStore('studyEvents').delete(chunksOf(log.id));
  if (log.events.length > 0) await tx.objectStore('studyEvents').put(log.events, [log.id, 0]);
  await tx.objectStore('studies').put(summary);
  await tx.done;
  return summary;
}

async function load(db: Database, id: string): Promise<StudyLog | null> {
  const tx = db.transaction(['studies', 'studyEvents']);
  const summary = await tx.objectStore('studies').get(id);
  if (!summary) return null;
  const chunks = await tx.objectStore('studyEvents').getAll(chunksOf(id));
  const stored = chunks.flat().slice(0, summary.eventCount);
  const events = upgradeEvents(STUDY_LOG, stored, 1, summary.title);
  return { id, title: summary.title, createdAt: summary.createdAt, events };
}

async function remove(db: Database, id: string): Promise<void> {
  const tx = begin(db);
  await tx.objectStore('studies').delete(id);
  await tx.objectStore('studyEvents').delete(chunksOf(id));
  await tx.done;
}

/** The studies of an open database. */
export const studiesOver = (db: Database): StudyStorage => ({
  list: () =>
    attempt('list the studies', async () => (await db.getAll('studies')).sort(studiesByRecency)),
  load: (id) => attempt('open the study', () => load(db, id)),
  create: (log, at) => attempt('store the study', () => create(db, log, at)),
  append: (id, events, at) =>
    attempt('store new results of the study', () =>
      change(db, id, async (tx, summary) => {
        await tx.objectStore('studyEvents').put(events, [id, summary.eventCount]);
        return extendStudy(summary, events, at);
      }),
    ),
  rename: (id, title, at) =>
    attempt('rename the study', () =>
      change(db, id, async (_, summary) => ({ ...summary, title, updatedAt: at })),
    ),
  remove: (id) => attempt('delete the study', () => remove(db, id)),
});
