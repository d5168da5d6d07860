/** Several regions: the mean of what holds inside each, and why they are not thrown together. */
import type { PooledAnalysis, PooledRanker } from '../../../core/study/analysisPooling.ts';
import { Button } from '../../../ui/Button.tsx';
import type { TableData } from '../../../ui/DataTable.tsx';
import { intervalText, statistic } from '../../../viz/shared/estimate.ts';
import { useCommand } from '../../page/lab.ts';
import { TablePanel } from '../../TablePanel.tsx';
import { type Reported, useStudy } from '../useStudy.ts';

const SHOWN = 10;

function byMean(a: PooledRanker, b: PooledRanker): number {
  return (b.spearman ?? Number.NEGATIVE_INFINITY) - (a.spearman ?? Number.NEGATIVE_INFINITY);
}

function tableOf({ rankers }: PooledAnalysis): TableData {
  const regions = [...new Set(rankers.flatMap((one) => one.regions.map(({ region }) => region)))];
  return {
    caption: 'Spearman ρ over regions',
    columns: ['ranker', ...regions, 'mean', 'thrown together (not valid)'],
    rows: [...rankers]
      .sort(byMean)
      .map((one) => [
        one.name,
        ...regions.map(
          (name) => one.regions.find(({ region }) => region === name)?.spearman ?? null,
        ),
        one.spearman,
        one.naive.spearman,
      ]),
  };
}

export function RegionsPanel({ reported }: { readonly reported: Reported }) {
  const command = useCommand();
  const pooled = useStudy((study) => study.pooled);
  const finished = useStudy((study) => study.status === 'finished');
  const compare = () => command(({ studies }) => studies.pool());
  return (
    <TablePanel
      testId="regions"
      title="Does it hold on other regions?"
      help="A region is one draw: what ranks well here may not rank well there. Finished studies of the same kind (task, space, training) stand side by side."
      table={pooled ? () => tableOf(pooled) : null}
      empty={
        pooled ? undefined : (
          <>
            <p>
              One region says little. Measure others with the same settings and another seed, then
              compare: each correlation is taken inside its region, and their mean counts.
            </p>
            <Button size="s" disabled={!finished} data-testid="pool" onClick={compare}>
              Compare the regions measured here
            </Button>
          </>
        )
      }
    >
      {pooled && <PooledTable pooled={pooled} chosen={reported.ranker.id} />}
    </TablePanel>
  );
}

function PooledTable({
  pooled,
  chosen,
}: {
  readonly pooled: PooledAnalysis;
  readonly chosen: string;
}) {
  const best = [...pooled.rankers].sort(byMean);
  const own = best.find(({ id }) => id === chosen);
  const shown = best.slice(0, SHOWN);
  const rows = own && !shown.includes(own) ? [...shown, own] : shown;
  const count = Math.max(0, ...best.map(({ regions }) => regions.length));
  return (
    <>
      <table className="study-table">
        <caption>Spearman ρ inside each of {count} regions, and their mean</caption>
        <thead>
          <tr>
            <th scope="col">Ranker</th>
            <th scope="col">In each region</th>
            <th scope="col">Mean</th>
            <th scope="col">
              <s>Pooled</s>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, regions, spearman, intervals, naive }) => (
            <tr key={id} aria-current={id === chosen || undefined}>
              <th scope="row">{name}</th>
              <td>{regions.map((one) => statistic(one.spearman)).join(' · ')}</td>
              <td>
                <strong>{statistic(spearman)}</strong>{' '}
                <small>{intervalText(intervals.nested ?? intervals.within)}</small>
              </td>
              <td>{statistic(naive.spearman)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {own && own.differences.length > 0 && (
        <p className="pooled-note">
          <strong>Is it better than counting?</strong> {own.name} minus{' '}
          {own.differences.map((one, i) => (
            <span key={one.against}>
              {i > 0 && ', '}
              {best.find(({ id }) => id === one.against)?.name ?? one.against}:{' '}
              {statistic(one.spearman)}{' '}
              <small>{intervalText(one.intervals.nested ?? one.intervals.within)}</small>
            </span>
          ))}
          . An interval that holds 0 says: not shown.
        </p>
      )}
      <p className="pooled-note">
        <strong>Why not pooled?</strong> {pooled.note}
      </p>
    </>
  );
}
