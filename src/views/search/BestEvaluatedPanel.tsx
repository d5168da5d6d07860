/** The best architectures that a black-box search has trained, with their accuracies. */
import { useMemo } from 'react';
import { formatPercent } from '../../core/format.ts';
import type { ArchitectureId } from '../../core/space/ids.ts';
import type { TableData } from '../../ui/DataTable.tsx';
import { useLabState } from '../page/lab.ts';
import { TablePanel } from '../TablePanel.tsx';
import { BestRow, barLength } from './BestRow.tsx';
import { evaluationsOf } from './models.ts';
import { useEvaluation } from './selection.ts';

const HELP =
  'Each architecture was trained alone once, from one seed, and measured on the validation images. A difference smaller than what another seed would make says nothing.';

/** How many are listed. */
const LISTED = 12;

interface Best {
  readonly index: number;
  readonly id: ArchitectureId;
  readonly accuracy: number;
}

function tableOf(best: readonly Best[]): TableData {
  return {
    caption: 'Best architectures',
    columns: ['place', 'architecture', 'evaluation', 'accuracy'],
    rows: best.map(({ id, index, accuracy }, place) => [place + 1, id, index + 1, accuracy]),
  };
}

export function BestEvaluatedPanel() {
  const view = useLabState((state) => state.view);
  const [selected, choose] = useEvaluation();
  const best = useMemo(
    () =>
      evaluationsOf(view)
        .flatMap(({ job, result }, index): Best[] =>
          result.accuracy === null || result.known
            ? []
            : [{ index, id: job.id, accuracy: result.accuracy }],
        )
        .sort((a, b) => b.accuracy - a.accuracy)
        .slice(0, LISTED),
    [view],
  );
  const [high, low] = [best[0]?.accuracy ?? 0, best.at(-1)?.accuracy ?? 0];
  return (
    <TablePanel
      testId="best-list"
      title="Best architectures"
      help={HELP}
      table={() => tableOf(best)}
      empty={best.length > 0 ? undefined : <p>The best of those trained are listed here.</p>}
    >
      <ol className="best-list">
        {best.map(({ index, id, accuracy }, place) => (
          <li key={index}>
            <BestRow
              place={place}
              id={id}
              length={barLength(accuracy, low, high)}
              figure={formatPercent(accuracy)}
              aria-pressed={selected === index}
              aria-label={`Place ${place + 1}: ${id}, ${formatPercent(accuracy, 2)}`}
              onClick={() => choose(index)}
            />
          </li>
        ))}
      </ol>
    </TablePanel>
  );
}
