/** Opens a file of either kind, run or study, by what its header says. */

import { fileFormat } from '../core/log/file.ts';
import { STUDY_LOG } from '../core/study/log.ts';
import { goTo } from './commands.ts';
import type { Lab } from './lab.ts';

/** Reads, stores and opens a run or a study, and goes to its screen. @throws LabError as they do. */
export async function openFile(lab: Lab, name: string, bytes: Uint8Array): Promise<void> {
  const isStudy = (await fileFormat(bytes)) === STUDY_LOG.format;
  if (isStudy) await lab.studies.openFile(name, bytes);
  else await lab.session.openFile(name, bytes);
  goTo(lab.store, isStudy ? 'correlation' : 'search');
}
