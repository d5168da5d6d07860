/** What studies and their files are called. */
import { datasetName } from '../../core/run/datasets.ts';
import type { RegionOrigin, StudyConfig } from '../../core/study/config.ts';

/** Where a region came from, in a few words. */
export function originName(origin: RegionOrigin): string {
  switch (origin.kind) {
    case 'depth-stratified':
      return 'depth-stratified region';
    case 'random':
      return 'random region';
    case 'generation':
      return `region of generation ${origin.generation + 1}`;
    default:
      return origin satisfies never;
  }
}

/** The title that a new study gets. */
export function studyTitle({ run, origin }: StudyConfig): string {
  return `${datasetName(run.task.dataset)}, ${originName(origin)}, seed ${run.search.seed}`;
}

/** Name of a file about a study. */
export function studyFileName(
  { title, id }: { readonly title: string; readonly id: string },
  ending: string,
): string {
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `study-${slug || 'untitled'}-${id.slice(0, 8)}.${ending}`;
}
