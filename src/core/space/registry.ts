/** Every kind of space. To add one is to add a file and a line here. */
import { LabError } from '../errors.ts';
import { cellSpaceKind } from './cells.ts';
import type { Space, SpaceKind, SpaceSize } from './types.ts';

export const SPACES: readonly SpaceKind[] = [cellSpaceKind];

/** @throws LabError `config-invalid` for an unknown id, naming the known ones. */
export function spaceKind(id: string): SpaceKind {
  const found = SPACES.find(({ descriptor }) => descriptor.id === id);
  if (found) return found;
  const known = SPACES.map(({ descriptor }) => descriptor.id).join(', ');
  const message = `space.id: there is no space “${id}”. Use one of ${known}.`;
  throw new LabError('config-invalid', message, { field: 'space.id', value: id });
}

/** The space that the settings of a run choose. @throws as `spaceKind`. */
export function spaceOf(size: SpaceSize & { readonly id: string }): Space {
  return spaceKind(size.id).create(size);
}
