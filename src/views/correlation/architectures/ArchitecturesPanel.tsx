/** Every architecture of the study, sortable; chosen ones are chosen in the charts, too. */
import './architectures.css';
import { useMemo, useState } from 'react';
import {
  formatCount,
  formatFlops,
  formatPercent,
  formatPlace,
  formatPoints,
} from '../../../core/format.ts';
import { Button } from '../../../ui/Button.tsx';
import type { TableData } from '../../../ui/DataTable.tsx';
import { useDispatch, useLab } from '../../page/lab.ts';
import { TablePanel } from '../../TablePanel.tsx';
import { type Reported, useChoose, useStudy } from '../useStudy.ts';
import {
  type ArchitectureRow,
  architectureRows,
  misplaced,
  type SortKey,
  sortRows,
} from './architectureRows.ts';
import { OpenCells } from './OpenCells.tsx';

const SHOWN = 50;

const COLUMNS: readonly { readonly key: SortKey; readonly label: string }[] = [
  { key: 'name', label: 'Architecture' },
  { key: 'accuracy', label: 'Accuracy alone' },
  { key: 'rankerPlace', label: 'Place by ranker' },
  { key: 'misplaced', label: 'Off by' },
  { key: 'parameters', label: 'Parameters' },
  { key: 'flops', label: 'Work an image' },
];

const place = (value: number | null) => (value === null ? '–' : formatPlace(value));

function tableOf(rows: readonly ArchitectureRow[]): TableData {
  return {
    caption: 'Architectures',
    columns: [
      'architecture',
      'id',
      'accuracy',
      'std',
      'seeds',
      'place',
      'place by ranker',
      'parameters',
      'FLOPs',
    ],
    rows: rows.map((row) => [
      row.name,
      row.id,
      row.accuracy,
      row.deviation,
      row.seeds,
      row.truePlace,
      row.rankerPlace,
      row.parameters,
      row.flops,
    ]),
  };
}

export function ArchitecturesPanel({ reported }: { readonly reported: Reported }) {
  const dispatch = useDispatch();
  const [sort, setSort] = useState<{ readonly key: SortKey; readonly reversed: boolean }>({
    key: 'accuracy',
    reversed: false,
  });
  const [all, setAll] = useState(false);
  const selected = useStudy((study) => study.chosen.architectures);
  const choose = useChoose();
  const rows = useMemo(
    () => sortRows(architectureRows(reported), sort.key, sort.reversed),
    [reported, sort],
  );
  const shown = all ? rows : rows.slice(0, SHOWN);
  return (
    <TablePanel
      testId="architectures"
      title="Architectures"
      help="All that are trained alone. Tick some to see them in the charts; the name opens the whole network."
      table={() => tableOf(rows)}
      exports={[{ id: 'csv', label: 'Numbers (CSV)', onSelect: () => dispatch('study-csv') }]}
      aside={
        selected.length > 0 && (
          <Button
            size="s"
            kind="quiet"
            data-testid="clear-brush"
            onClick={() => choose({ architectures: [], pair: null })}
          >
            {selected.length} chosen: clear
          </Button>
        )
      }
    >
      <div className="architecture-scroll">
        <table className="study-table architecture-table">
          <thead>
            <tr>
              <th>
                <span className="visually-hidden">Chosen</span>
              </th>
              {COLUMNS.map(({ key, label }) => (
                <th
                  key={key}
                  scope="col"
                  aria-sort={
                    sort.key === key ? (sort.reversed ? 'descending' : 'ascending') : undefined
                  }
                >
                  <button
                    type="button"
                    onClick={() => setSort({ key, reversed: sort.key === key && !sort.reversed })}
                  >
                    {label}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row key={row.id} row={row} chosen={selected.includes(row.id)} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown.length && (
        <Button size="s" onClick={() => setAll(true)}>
          Show all {rows.length}
        </Button>
      )}
    </TablePanel>
  );
}

interface RowProps {
  readonly row: ArchitectureRow;
  readonly chosen: boolean;
}

function accuracyOf({ status, accuracy, deviation, seeds }: ArchitectureRow): string {
  if (status === 'failed') return 'diverged';
  if (accuracy === null) return 'not trained yet';
  const noise = deviation === null ? '' : ` ± ${formatPoints(deviation)}`;
  return `${formatPercent(accuracy)}${noise}${seeds === 1 ? '' : ` (${seeds})`}`;
}

function Row({ row, chosen }: RowProps) {
  const { store } = useLab();
  const choose = useChoose();
  const toggle = () => {
    const { architectures } = store.getState().study.chosen;
    choose({
      architectures: chosen
        ? architectures.filter((id) => id !== row.id)
        : [...architectures, row.id],
      pair: null,
    });
  };
  return (
    <tr data-chosen={chosen || undefined}>
      <td>
        <input
          type="checkbox"
          aria-label={`Choose ${row.name}`}
          checked={chosen}
          onChange={toggle}
        />
      </td>
      <th scope="row">
        <OpenCells id={row.id} cells={row.cells} width={48} title={`Open ${row.id}`}>
          {row.name}
        </OpenCells>
      </th>
      <td>{accuracyOf(row)}</td>
      <td>{place(row.rankerPlace)}</td>
      <td>{place(misplaced(row))}</td>
      <td>{formatCount(row.parameters)}</td>
      <td>{formatFlops(row.flops)}</td>
    </tr>
  );
}
