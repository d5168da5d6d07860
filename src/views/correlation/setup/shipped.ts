/** The studies that ship with the lab: what their index says there is, and their bytes. */
import { LabError } from '../../../core/errors.ts';
import { isRecord } from '../../../core/paths.ts';
import { listShipped } from '../../../state/commands.ts';
import type { LabStore } from '../../../state/store.ts';
import type { ShippedStudy } from '../../../state/study/slice.ts';

const FOLDER = 'studies/';

const addressOf = (file: string) => new URL(`${FOLDER}${file}`, document.baseURI);

function isShipped(value: unknown): value is ShippedStudy {
  return (
    isRecord(value) &&
    typeof value.file === 'string' &&
    /^[\w.-]+$/.test(value.file) &&
    typeof value.title === 'string' &&
    typeof value.dataset === 'string' &&
    typeof value.about === 'string'
  );
}

/** Lists what the index names; nothing where there is no index, or it cannot be read. */
export async function loadShipped(store: LabStore): Promise<void> {
  if (store.getState().study.shipped.length > 0) return;
  try {
    const response = await fetch(addressOf('index.json'));
    if (!response.ok) return;
    const index: unknown = await response.json();
    if (!isRecord(index) || !Array.isArray(index.studies)) return;
    listShipped(store, index.studies.filter(isShipped));
  } catch {
    // A lab without recorded studies is whole: its own are measured here.
  }
}

/** The bytes of a shipped study. @throws LabError `log-damaged` if they cannot be had. */
export async function fetchShipped({ file, title }: ShippedStudy): Promise<Uint8Array> {
  const response = await fetch(addressOf(file));
  if (!response.ok) {
    throw new LabError(
      'log-damaged',
      `The recorded study “${title}” could not be read (${response.status}). Reload the page, or measure a study of your own.`,
      { file, status: response.status },
    );
  }
  return new Uint8Array(await response.arrayBuffer());
}
