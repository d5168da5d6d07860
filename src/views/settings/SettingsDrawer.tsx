/** All options of a run, generated from the field groups; issues stand at their fields. */
import './settings.css';
import { Link, RotateCcw } from 'lucide-react';
import type { FieldGroup, FieldIssue } from '../../core/fields.ts';
import { OPTION_PREFIX } from '../../core/method/options.ts';
import { findMethod } from '../../core/method/registry.ts';
import { getPath } from '../../core/paths.ts';
import { DEFAULT_CONFIG, PRESETS } from '../../core/run/presets.ts';
import { fieldGroupsFor } from '../../core/run/schema.ts';
import { closeDrawer } from '../../state/commands.ts';
import { encodeShare } from '../../state/share.ts';
import { editDraft, notify, setDraft } from '../../state/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FieldControl } from '../../ui/FieldControl.tsx';
import { CostPanel } from '../costs/CostPanel.tsx';
import { useCommand, useLab, useLabState } from '../page/lab.ts';
import { StartButton } from '../search/StartButton.tsx';
import { PresetPicker } from './PresetPicker.tsx';

export function SettingsDrawer() {
  const { store } = useLab();
  const open = useLabState((state) => state.drawer === 'settings');
  return (
    <Dialog
      open={open}
      shape="drawer"
      title="Settings of the next run"
      onClose={() => closeDrawer(store)}
      footer={<Footer />}
    >
      <Fields />
    </Dialog>
  );
}

const presetOf = (values: unknown) =>
  PRESETS.find((preset) => preset.id === getPath(values, 'preset'))?.config ?? DEFAULT_CONFIG;

function Fields() {
  const { values, issues } = useLabState((state) => state.draft);
  const groups = fieldGroupsFor(values);
  const paths = new Set(groups.flatMap((group) => group.fields.map((field) => field.path)));
  const others = issues.filter((issue) => !paths.has(issue.field));
  return (
    <div className="settings">
      <PresetPicker />
      {others.map((issue) => (
        <p key={issue.field} className="field-issue">
          {issue.field}: {issue.value} is not allowed. It must be {issue.bound}. {issue.suggestion}.
        </p>
      ))}
      {groups.map((group) => (
        <Group key={group.id} group={group} values={values} issues={issues} />
      ))}
    </div>
  );
}

interface GroupProps {
  readonly group: FieldGroup;
  readonly values: unknown;
  readonly issues: readonly FieldIssue[];
}

function Group({ group, values, issues }: GroupProps) {
  const { store } = useLab();
  const preset = presetOf(values);
  const defaults = findMethod(getPath(values, 'method.id'))?.descriptor.defaults ?? {};
  const valueAt = (config: unknown, path: string) =>
    getPath(config, path) ?? defaults[path.replace(OPTION_PREFIX, '')];
  const wrong = group.fields.filter((field) => issues.some((issue) => issue.field === field.path));
  return (
    <details
      className="settings-group"
      open={group.id === 'task' || group.id === 'space' || wrong.length > 0}
    >
      <summary>
        <h3 className="settings-title">{group.label}</h3>
        <span className="settings-count">
          {wrong.length > 0 ? `${wrong.length} to correct` : `${group.fields.length} options`}
        </span>
      </summary>
      {group.fields.map((field) => (
        <FieldControl
          key={field.path}
          field={field}
          value={valueAt(values, field.path)}
          issue={issues.find((issue) => issue.field === field.path)}
          changed={
            JSON.stringify(valueAt(values, field.path)) !==
            JSON.stringify(valueAt(preset, field.path))
          }
          onChange={(value) => editDraft(store, field.path, value)}
        />
      ))}
    </details>
  );
}

function Footer() {
  const { store } = useLab();
  const { values, config, issues } = useLabState((state) => state.draft);
  const share = useShareLink();
  return (
    <>
      <CostPanel config={config} />
      <div className="settings-actions">
        <Button
          kind="quiet"
          size="s"
          icon={<RotateCcw size={15} aria-hidden />}
          data-testid="reset-preset"
          onClick={() => setDraft(store, presetOf(values))}
        >
          Reset to preset
        </Button>
        <Button
          kind="quiet"
          size="s"
          icon={<Link size={15} aria-hidden />}
          data-testid="copy-link"
          disabled={!config}
          onClick={share}
        >
          Copy link
        </Button>
        <StartButton testId="settings-start" label="Start" />
      </div>
      {issues.length > 0 && (
        <p className="field-issue" role="status">
          {issues.length === 1 ? 'One setting has' : `${issues.length} settings have`} to be
          corrected before a run can start.
        </p>
      )}
    </>
  );
}

/** Copies a link that carries the draft; the address bar takes it if the clipboard does not. */
function useShareLink(): () => void {
  const command = useCommand();
  return () =>
    command(async ({ store, platform }) => {
      const { config } = store.getState().draft;
      if (!config) return;
      const link = new URL(encodeShare(config), document.baseURI).href;
      history.replaceState(null, '', link);
      const copied = await platform.copy(link);
      notify(
        store,
        'info',
        copied
          ? 'The link is on the clipboard: it opens the lab with these settings.'
          : 'The clipboard is closed to this page; the link stands in the address bar.',
      );
    });
}
