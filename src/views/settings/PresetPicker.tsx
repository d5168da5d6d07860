/** Presets and datasets as radio groups. */
import './settings.css';
import '../../ui/Segmented.css';
import { useId } from 'react';
import { getPath } from '../../core/run/paths.ts';
import { PRESETS } from '../../core/run/presets.ts';
import { fieldsFor } from '../../core/run/schema.ts';
import { editDraft } from '../../state/store.ts';
import { useLab, useLabState } from '../page/lab.ts';

interface Option {
  readonly id: string;
  readonly name: string;
  readonly help: string;
}

interface RadioGroupProps {
  readonly legend: string;
  readonly options: readonly Option[];
  readonly chosen: unknown;
  readonly testPrefix: string;
  readonly onChoose: (id: string) => void;
}

function RadioGroup({ legend, options, chosen, testPrefix, onChoose }: RadioGroupProps) {
  const name = useId();
  return (
    <fieldset className="segmented">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.id} title={option.help} data-testid={`${testPrefix}-${option.id}`}>
          <input
            type="radio"
            name={name}
            value={option.id}
            checked={option.id === chosen}
            onChange={() => onChoose(option.id)}
          />
          <span>{option.name}</span>
        </label>
      ))}
    </fieldset>
  );
}

const DATASETS: readonly Option[] = fieldsFor(null).flatMap((field) =>
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
      <RadioGroup
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
    <RadioGroup
      legend="Images"
      options={DATASETS}
      chosen={chosen}
      testPrefix="dataset"
      onChoose={(id) => editDraft(store, 'task.dataset', id)}
    />
  );
}
