/** The theme action, with the theme in force in its label and icon. */
import { actionById } from '../../state/actions.ts';
import type { Theme } from '../../state/store.ts';
import { IconButton } from '../../ui/Button.tsx';
import { useDispatch, useLabState } from '../page/lab.ts';
import { ActionIcon } from './icons.tsx';

const ICONS: { readonly [theme in Theme]: string } = {
  system: 'SunMoon',
  light: 'Sun',
  dark: 'Moon',
};

export function ThemeButton() {
  const dispatch = useDispatch();
  const theme = useLabState((state) => state.theme);
  return (
    <IconButton
      label={`Theme: ${theme}. Change it`}
      shortcut={actionById('toggle-theme').key}
      data-testid="theme-toggle"
      onClick={() => dispatch('toggle-theme')}
    >
      <ActionIcon name={ICONS[theme]} />
    </IconButton>
  );
}
