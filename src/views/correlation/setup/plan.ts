/** The form of a new study: what it would start, and how it is changed. */
import { toErrorRecord } from '../../../core/errors.ts';
import type { RunConfig } from '../../../core/run/config.ts';
import { editStudyDraft } from '../../../state/commands.ts';
import { type PlannedStudy, planStudy, type StudyDraft } from '../../../state/study/draft.ts';
import { useLab } from '../../page/lab.ts';

export type Plan =
  | { readonly ok: true; readonly study: PlannedStudy }
  | { readonly ok: false; readonly why: string };

/** The study that the form describes, or why there is none. `next`: settings of the next run. */
export function planned(draft: StudyDraft, next: RunConfig | null): Plan {
  const captured = draft.source === 'captured' ? draft.captured : null;
  const run = captured?.config ?? next;
  if (!run) return { ok: false, why: 'The settings of the next run have to be corrected first.' };
  try {
    return { ok: true, study: planStudy(draft, run) };
  } catch (thrown) {
    return { ok: false, why: toErrorRecord(thrown).message };
  }
}

/** Changes the form. */
export function useEditDraft(): (change: Partial<StudyDraft>) => void {
  const { store } = useLab();
  return (change) => editStudyDraft(store, change);
}
