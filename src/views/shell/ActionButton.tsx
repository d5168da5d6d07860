/** A toolbar button made from an action: label, icon, key and when it is possible. */
import { type ActionId, actionById } from '../../state/actions.ts';
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
