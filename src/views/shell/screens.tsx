/** The screens that exist, in the order of the rail. */
import {
  ChartScatter,
  Compass,
  GraduationCap,
  Images,
  type LucideIcon,
  Network,
} from 'lucide-react';
import type { ViewId } from '../../state/store.ts';

interface Screen {
  readonly id: ViewId;
  readonly label: string;
  readonly icon: LucideIcon;
}

export const SCREENS: readonly Screen[] = [
  { id: 'search', label: 'Search', icon: Compass },
  { id: 'correlation', label: 'Correlate', icon: ChartScatter },
  { id: 'architecture', label: 'Networks', icon: Network },
  { id: 'learn', label: 'Learn', icon: GraduationCap },
  { id: 'data', label: 'Data', icon: Images },
];
