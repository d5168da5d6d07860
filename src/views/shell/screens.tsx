/** The screens that exist, in the order of the rail. */
import { Compass, GraduationCap, Images, type LucideIcon } from 'lucide-react';
import type { ViewId } from '../../state/store.ts';

interface Screen {
  readonly id: ViewId;
  readonly label: string;
  readonly icon: LucideIcon;
}

export const SCREENS: readonly Screen[] = [
  { id: 'search', label: 'Search', icon: Compass },
  { id: 'learn', label: 'Learn', icon: GraduationCap },
  { id: 'data', label: 'Data', icon: Images },
];
