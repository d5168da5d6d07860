/** The icons that actions name, so that only those are shipped. */
import {
  ChevronLeft,
  ChevronRight,
  Dices,
  Download,
  FolderOpen,
  GitBranch,
  Keyboard,
  type LucideIcon,
  Moon,
  Pause,
  Play,
  Radio,
  SkipForward,
  StepForward,
  Sun,
  SunMoon,
  Table,
} from 'lucide-react';

const ICONS: { readonly [name: string]: LucideIcon } = {
  ChevronLeft,
  ChevronRight,
  Dices,
  Download,
  FolderOpen,
  GitBranch,
  Keyboard,
  Moon,
  Pause,
  Play,
  Radio,
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
