/** The rail of screens; at the bottom of narrow windows. */
import './Rail.css';
import {
  ChartScatter,
  Compass,
  GraduationCap,
  History,
  Images,
  type LucideIcon,
  Network,
} from 'lucide-react';
import { goTo, openDrawer } from '../../state/commands.ts';
import type { ViewId } from '../../state/store.ts';
import { useLab, useLabState } from '../page/lab.ts';

interface Screen {
  readonly id: ViewId;
  readonly label: string;
  readonly icon: LucideIcon;
}

/** In the order of the rail. */
const SCREENS: readonly Screen[] = [
  { id: 'search', label: 'Search', icon: Compass },
  { id: 'correlation', label: 'Correlate', icon: ChartScatter },
  { id: 'architecture', label: 'Networks', icon: Network },
  { id: 'learn', label: 'Learn', icon: GraduationCap },
  { id: 'data', label: 'Data', icon: Images },
];

export function Rail() {
  const { store } = useLab();
  const screen = useLabState((state) => state.screen);
  const drawer = useLabState((state) => state.drawer);
  return (
    <nav className="rail" aria-label="Screens">
      {SCREENS.map(({ id, label, icon: Icon }) => (
        <button
          key={id}
          type="button"
          className="rail-item"
          aria-current={screen === id ? 'page' : undefined}
          data-testid={`view-${id}`}
          onClick={() => goTo(store, id)}
        >
          <Icon size={20} aria-hidden />
          {label}
        </button>
      ))}
      <button
        type="button"
        className="rail-item"
        aria-haspopup="dialog"
        aria-expanded={drawer === 'runs'}
        data-testid="view-runs"
        onClick={() => openDrawer(store, 'runs')}
      >
        <History size={20} aria-hidden />
        Runs
      </button>
    </nav>
  );
}
