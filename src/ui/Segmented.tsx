/** A choice of a few that stand side by side; radio buttons underneath. */
import './Segmented.css';
import { useId } from 'react';

export interface SegmentedOption<Id extends string> {
  readonly id: Id;
  readonly name: string;
  /** Shown while the pointer rests on it. */
  readonly help?: string;
}

interface SegmentedProps<Id extends string> {
  /** What is chosen, in words beside the options, or for screen readers only. */
  readonly legend: string;
  readonly legendHidden?: boolean;
  readonly options: readonly SegmentedOption<Id>[];
  /** None is chosen if no option has this id. */
  readonly chosen: unknown;
  readonly onChoose: (id: Id) => void;
  /** Options are found in tests as `prefix-id`. */
  readonly testPrefix?: string;
}

export function Segmented<Id extends string>(props: SegmentedProps<Id>) {
  const { legend, legendHidden = false, options, chosen, onChoose, testPrefix } = props;
  const name = useId();
  return (
    <fieldset className="segmented" aria-label={legendHidden ? legend : undefined}>
      {!legendHidden && <legend>{legend}</legend>}
      {options.map((option) => (
        <label
          key={option.id}
          title={option.help}
          data-testid={testPrefix && `${testPrefix}-${option.id}`}
        >
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
