/** Presets and datasets as radio groups. */
import './settings.css';
import { getPath } from '../../core/paths.ts';
import { PRESETS } from '../../core/run/presets.ts';
import { fieldsFor } from '../../core/run/schema.ts';
import { editDraft } from '../../state/store.ts';
import { Segmented, type SegmentedOption } from '../../ui/Segmented.tsx';
import { useLab, useLabState } from '../page/lab.ts';

const DATASETS: readonly SegmentedOption<string>[] = fieldsFor(null).flatMap((field) =>
  field.kind === 'choice' && field.path === 'task.dataset'
    ? field.choices.map(({ value, label, help }) => ({ id: String(value), name: label, help }))
    : [],
);

export function PresetPicker({ withHelp = true }: { readonly withHelp?: boolean }) {
  const { store } = useLab();
  const chosen = useLabState((state) => getPath(state.draft.values, 'preset'));
  const help = PRESETS.find((preset) => preset.id === chosen)?.help;
  return (
    <div className="picker">
      <Segmented
        legend="Preset"
        options={PRESETS}
        chosen={chosen}
        testPrefix="preset"
        onChoose={(id) => editDraft(store, 'preset', id)}
      />
      <DatasetPicker />
      {withHelp && help && <p className="picker-help">{help}</p>}
    </div>
  );
}

function DatasetPicker() {
  const { store } = useLab();
  const chosen = useLabState((state) => getPath(state.draft.values, 'task.dataset'));
  return (
    <Segmented
      legend="Images"
      options={DATASETS}
      chosen={chosen}
      testPrefix="dataset"
      onChoose={(id) => editDraft(store, 'task.dataset', id)}
    />
  );
}
