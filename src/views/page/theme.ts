import type { Theme } from '../../state/store.ts';

/** Colours the whole page; `system` leaves it to the operating system. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
}
