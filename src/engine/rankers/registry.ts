/** Every ranker. To add one is to add a file and a line here. */
import { LabError } from '../../core/errors.ts';
import { fade } from './fade.ts';
import { fadeProbe } from './fadeProbe.ts';
import { leaveOneOut } from './leaveOneOut.ts';
import { sampledPaths } from './sampledPaths.ts';
import type { Ranker } from './types.ts';

export const RANKERS: readonly Ranker[] = [fade, fadeProbe, leaveOneOut, sampledPaths];

/** @throws LabError `config-invalid` for an unknown id. */
export function rankerById(id: string): Ranker {
  const found = RANKERS.find(({ descriptor }) => descriptor.id === id);
  if (found) return found;
  const known = RANKERS.map(({ descriptor }) => descriptor.id).join(', ');
  throw new LabError('config-invalid', `ranker.id: "${id}" is no ranker. Use one of ${known}.`, {
    field: 'ranker.id',
    value: id,
    bound: known,
  });
}
