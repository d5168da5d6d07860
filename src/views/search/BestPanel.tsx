/** The k-best architectures of the region: score bars and mini cells; hover shows the path. */
import { type RefObject, useMemo, useRef } from 'react';
import { formatDecimal } from '../../core/format.ts';
import type { RankedArchitecture } from '../../core/method/jobs.ts';
import { currentRegion, type RegionView, regionsOf } from '../../core/run/regionView.ts';
import type { TableData } from '../../ui/DataTable.tsx';
import { useLabState } from '../page/lab.ts';
import { TablePanel } from '../TablePanel.tsx';
import { BestRow, barLength } from './BestRow.tsx';
import { CorrelateButton } from './CorrelateButton.tsx';
import { choose, hover, pathOf, useSelection } from './selection.ts';
import { useBestExports } from './useBestExports.ts';

const HELP =
  'All architectures of a region are ranked by the sum of their cells’ ranks; the best are found without listing them all. Scores compare inside this generation only.';

function tableOf(best: readonly RankedArchitecture[]): TableData {
  return {
    caption: 'Best architectures',
    columns: ['place', 'candidates', 'architecture', 'score'],
    rows: best.map((one, place) => [
      place + 1,
      one.choice.map((candidate) => candidate + 1).join(' › '),
      one.id,
      one.score,
    ]),
  };
}

export function BestPanel() {
  const list = useRef<HTMLOListElement>(null);
  const view = useLabState((state) => state.view);
  // While the next supernet trains, the last ranks stay in sight.
  const ranked = useMemo(() => regionsOf(view).findLast((one) => one.ranked), [view]);
  const current = currentRegion(view);
  const best = ranked?.ranked?.best ?? [];
  const file = `fade-best-generation-${(ranked?.index ?? 0) + 1}`;
  const table = tableOf(best);
  const exports = useBestExports({ list, best, table, file });
  return (
    <TablePanel
      testId="best-list"
      title="Best architectures"
      help={HELP}
      aside={
        ranked && (
          <>
            {ranked.index === current?.index && <CorrelateButton testId="correlate-best" />}
            <span className="panel-note">generation {ranked.index + 1}</span>
          </>
        )
      }
      table={() => table}
      exports={exports}
      empty={
        ranked ? undefined : (
          <p>
            {current
              ? 'Ranks are read once this supernet is trained.'
              : 'The best architectures of a generation are listed here.'}
          </p>
        )
      }
    >
      {ranked && (
        <BestList
          generation={ranked}
          best={best}
          isCurrent={ranked.index === current?.index}
          listRef={list}
        />
      )}
    </TablePanel>
  );
}

interface BestListProps {
  readonly generation: RegionView;
  readonly best: readonly RankedArchitecture[];
  readonly isCurrent: boolean;
  readonly listRef: RefObject<HTMLOListElement | null>;
}

function BestList({ generation, best, isCurrent, listRef }: BestListProps) {
  const selected = useSelection((state) => state.selected);
  const [high, low] = [best[0]?.score ?? 0, best.at(-1)?.score ?? 0];
  const show = (choice: readonly number[] | null) => isCurrent && hover(choice && pathOf(choice));
  return (
    <ol className="best-list" ref={listRef}>
      {best.map((one, place) => {
        const key = one.choice.join('.');
        const open =
          selected?.kind === 'architecture' &&
          selected.generation === generation.index &&
          selected.choice.join('.') === key;
        return (
          <li key={key}>
            <BestRow
              place={place}
              id={one.id}
              length={barLength(one.score, low, high)}
              figure={formatDecimal(one.score, 2)}
              aria-pressed={open}
              aria-label={`Place ${place + 1}: candidates ${one.choice.map((c) => c + 1).join(', ')}, score ${formatDecimal(one.score, 2)}`}
              onPointerEnter={() => show(one.choice)}
              onPointerLeave={() => show(null)}
              onFocus={() => show(one.choice)}
              onBlur={() => show(null)}
              onClick={() =>
                choose({ kind: 'architecture', generation: generation.index, choice: one.choice })
              }
            />
          </li>
        );
      })}
    </ol>
  );
}
