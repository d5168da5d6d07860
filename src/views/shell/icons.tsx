/** The icons that actions name, so that only those are shipped. */
import {
  Braces,
  ChartScatter,
  ChevronLeft,
  ChevronRight,
  Dices,
  Download,
  FolderOpen,
  GitBranch,
  Keyboard,
  type LucideIcon,
  Moon,
  Network,
  Pause,
  Play,
  Plus,
  Radio,
  Sheet,
  SkipForward,
  StepForward,
  Sun,
  SunMoon,
  Table,
} from 'lucide-react';

const ICONS: { readonly [name: string]: LucideIcon } = {
  Braces,
  ChartScatter,
  ChevronLeft,
  ChevronRight,
  Dices,
  Download,
  FolderOpen,
  GitBranch,
  Keyboard,
  Moon,
  Network,
  Pause,
  Play,
  Plus,
  Radio,
  Sheet,
  SkipForward,
  StepForward,
  Sun,
  SunMoon,
  Table,
};

export function ActionIcon({ name, size = 18 }: { readonly name: string; readonly size?: number }) {
  const Icon = ICONS[name] ?? Keyboard;
  return <Icon size={size} aria-hidden />;
}
