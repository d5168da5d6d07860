/** The best architectures that a black-box search has trained, with their accuracies. */
import { useMemo } from 'react';
import { cellsOf } from '../../core/cellId.ts';
import { formatPercent } from '../../core/format.ts';
import { DataTable, type TableData } from '../../ui/DataTable.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useLabState } from '../page/lab.ts';
import { MiniCell } from './MiniCell.tsx';
import { evaluationsOf } from './models.ts';
import { useEvaluation } from './selection.ts';

const HELP =
  'Each architecture was trained alone once, from one seed, and measured on the validation images. A difference smaller than what another seed would make says nothing.';

/** How many are listed. */
const LISTED = 12;

interface Best {
  readonly index: number;
  readonly id: string;
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
  const tables = useLabState((state) => state.tables);
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
  const table = tableOf(best);
  const [high, low] = [best[0]?.accuracy ?? 0, best.at(-1)?.accuracy ?? 0];
  const share = (accuracy: number) => 15 + (85 * (accuracy - low)) / (high - low || 1);
  return (
    <Panel
      className="panel-best"
      testId="best-list"
      title="Best architectures"
      help={HELP}
      startAsTable={tables}
      table={() => <DataTable {...table} />}
      empty={best.length > 0 ? undefined : <p>The best of those trained are listed here.</p>}
    >
      <ol className="best-list">
        {best.map(({ index, id, accuracy }, place) => (
          <li key={index}>
            <button
              type="button"
              className="best-row"
              aria-pressed={selected === index}
              aria-label={`Place ${place + 1}: ${id}, ${formatPercent(accuracy, 2)}`}
              onClick={() => choose(index)}
            >
              <span className="best-place">{place + 1}</span>
              <span className="best-cells">
                {cellsOf(id).map((cell, stage) => (
                  <MiniCell key={stage} cell={cell} />
                ))}
              </span>
              <span className="best-bar" aria-hidden>
                <span className="best-fill" style={{ inlineSize: `${share(accuracy)}%` }} />
              </span>
              <span className="best-score">{formatPercent(accuracy)}</span>
            </button>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
