/** Every command and its key, read from the action list. */
import './HelpSheet.css';
import { ACTIONS, type Action } from '../../state/actions.ts';
import { allowShortcuts, showHelp } from '../../state/commands.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useLab, useLabState } from '../page/lab.ts';
import { keyName } from './ActionButton.tsx';

const GROUPS: readonly { readonly id: Action['group']; readonly label: string }[] = [
  { id: 'run', label: 'The run' },
  { id: 'history', label: 'Its history' },
  { id: 'study', label: 'The correlation study' },
  { id: 'file', label: 'Files' },
  { id: 'screen', label: 'The screen' },
];

export function HelpSheet() {
  const { store } = useLab();
  const open = useLabState((state) => state.help);
  const shortcuts = useLabState((state) => state.shortcuts);
  return (
    <Dialog open={open} title="Commands and keys" onClose={() => showHelp(store, false)}>
      <label className="help-switch">
        <input
          type="checkbox"
          className="switch"
          checked={shortcuts}
          data-testid="shortcuts-switch"
          onChange={(event) => allowShortcuts(store, event.target.checked)}
        />
        Single-key shortcuts are {shortcuts ? 'on' : 'off'}
      </label>
      <p className="fine-text">
        How fast does this machine train? <a href="?bench">Measure it</a>.
      </p>
      <div className="help-groups">
        {GROUPS.map((group) => (
          <section key={group.id}>
            <h3 className="help-title">{group.label}</h3>
            <dl>
              {ACTIONS.filter((one) => one.group === group.id).map((one) => (
                <div key={one.id} className="help-row">
                  <dt>
                    {one.key.split('+').map((part) => (
                      <kbd key={part}>{keyName(part)}</kbd>
                    ))}
                  </dt>
                  <dd>
                    <strong>{one.label}</strong>
                    <span className="fine-text">{one.help}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
