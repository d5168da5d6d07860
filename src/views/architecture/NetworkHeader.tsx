/** Which architecture is shown, under which settings, and which is beside it. */
import './NetworkHeader.css';
import { useId } from 'react';
import { architectureCost } from '../../core/architecture.ts';
import { cellsOf } from '../../core/cellId.ts';
import { formatCount, formatFlops } from '../../core/format.ts';
import { datasetName } from '../../core/run/datasets.ts';
import { useLab } from '../page/lab.ts';
import { choose } from './choices.ts';
import { NameForm } from './NameForm.tsx';
import { type ArchitectureList, type Built, openListed, useLists } from './useNetwork.ts';

interface NetworkHeaderProps {
  readonly built: Built;
  readonly compared: Built | null;
}

export function NetworkHeader({ built, compared }: NetworkHeaderProps) {
  const { store } = useLab();
  const lists = useLists();
  const { id, config, shape } = built;
  const { parameters, flops } = architectureCost(shape, cellsOf(id));
  const comparable = lists
    .map(({ name, items }) => ({
      name,
      items: items.filter(
        (item) => item.id !== id && item.id.split('.').length === shape.stages.length,
      ),
    }))
    .filter(({ items }) => items.length > 0);
  const open = (key: string) => {
    const item = lists.flatMap(({ items }) => items)[Number(key)];
    if (item) openListed(store, item);
  };
  return (
    <header className="network-head">
      <div>
        <p className="eyebrow">Network</p>
        <h1>
          <code data-testid="architecture-id">{id}</code>
        </h1>
        <p className="network-about">
          {datasetName(config.task.dataset)} at {shape.input.height}×{shape.input.width} ·{' '}
          {formatCount(parameters)} parameters · {formatFlops(flops)} an image
        </p>
      </div>
      <div className="network-pickers">
        <Picker label="Open another" lists={lists} value="" byPosition onPick={open} />
        <NameForm />
        <Picker
          label="Compare with"
          lists={comparable}
          value={compared?.id ?? ''}
          onPick={(value) => choose({ compare: value === '' ? null : value })}
          testId="compare-with"
        />
      </div>
    </header>
  );
}

interface PickerProps {
  readonly label: string;
  readonly lists: readonly ArchitectureList[];
  readonly value: string;
  readonly onPick: (value: string) => void;
  /** Values are positions over all lists, not ids: two lists may hold one architecture. */
  readonly byPosition?: boolean;
  readonly testId?: string;
}

function Picker({ label, lists, value, onPick, byPosition = false, testId }: PickerProps) {
  const id = useId();
  let position = -1;
  const listed = lists.some(({ items }) => items.some((item) => item.id === value));
  return (
    <div className="network-picker">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={lists.length === 0 && value === ''}
        onChange={(event) => onPick(event.target.value)}
        data-testid={testId}
      >
        <option value="">{byPosition ? 'Choose…' : 'none'}</option>
        {value !== '' && !listed && <option value={value}>{value}</option>}
        {lists.map(({ name, items }) => (
          <optgroup key={name} label={name}>
            {items.map((item) => {
              position += 1;
              return (
                <option key={position} value={byPosition ? position : item.id}>
                  {item.id} ({item.note})
                </option>
              );
            })}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
