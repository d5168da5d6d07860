/** Toolbar buttons made from actions: label, icon, key and when each is possible. */
import { type ActionId, actionById } from '../../state/actions.ts';
import type { Theme } from '../../state/store.ts';
import { IconButton } from '../../ui/Button.tsx';
import { useDispatch, useLabState } from '../page/lab.ts';
import { ActionIcon } from './icons.tsx';

interface ActionButtonProps {
  readonly id: ActionId;
  readonly testId: string;
  readonly strong?: boolean;
  readonly pressed?: boolean;
}

const KEY_NAMES: { readonly [key: string]: string } = {
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};

export const keyName = (key: string): string => KEY_NAMES[key] ?? key;

export function ActionButton({ id, testId, strong = false, pressed }: ActionButtonProps) {
  const dispatch = useDispatch();
  const action = actionById(id);
  const possible = useLabState(action.when);
  const label = useLabState((state) => action.labelFor?.(state) ?? action.label);
  const icon = useLabState((state) => action.iconFor?.(state) ?? action.icon);
  return (
    <IconButton
      label={label}
      shortcut={keyName(action.key)}
      strong={strong}
      disabled={!possible}
      aria-pressed={pressed}
      data-testid={testId}
      onClick={() => dispatch(id)}
    >
      <ActionIcon name={icon} />
    </IconButton>
  );
}

const THEME_ICONS: { readonly [theme in Theme]: string } = {
  system: 'SunMoon',
  light: 'Sun',
  dark: 'Moon',
};

/** The theme action, with the theme in force in its label and icon. */
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
      <ActionIcon name={THEME_ICONS[theme]} />
    </IconButton>
  );
}
