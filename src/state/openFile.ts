/** Opens a file of either kind, run or study, by what its header says. */
import { gunzip, isGzip } from '../core/run/gzip.ts';
import { isRecord } from '../core/run/paths.ts';
import { STUDY_FORMAT } from '../core/study/codec.ts';
import { goTo } from './commands.ts';
import type { Lab } from './lab.ts';

/** What the header names as its format; null if there is no header. */
async function formatOf(bytes: Uint8Array): Promise<unknown> {
  const plain = isGzip(bytes) ? (await gunzip(bytes)).bytes : bytes;
  const end = plain.indexOf(10);
  try {
    const text = new TextDecoder().decode(end < 0 ? plain : plain.subarray(0, end));
    const header: unknown = JSON.parse(text);
    return isRecord(header) ? header.format : null;
  } catch {
    return null; // Whoever reads the file says what is wrong with it.
  }
}

/** Reads, stores and opens a run or a study, and goes to its screen. @throws LabError as they do. */
export async function openFile(lab: Lab, name: string, bytes: Uint8Array): Promise<void> {
  const isStudy = (await formatOf(bytes)) === STUDY_FORMAT;
  if (isStudy) await lab.studies.openFile(name, bytes);
  else await lab.session.openFile(name, bytes);
  goTo(lab.store, isStudy ? 'correlation' : 'search');
}
