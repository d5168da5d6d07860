/** One stage at a time: a sum over stages may owe its correlation to one of them. */
import { formatPercent } from '../../../core/format.ts';
import type { PartId } from '../../../core/space/ids.ts';
import type { StageEffects } from '../../../core/study/analysisTypes.ts';
import type { TableData } from '../../../ui/DataTable.tsx';
import { statistic } from '../../../viz/shared/estimate.ts';
import { MiniCell } from '../../search/MiniCell.tsx';
import { TablePanel } from '../../TablePanel.tsx';
import type { Reported } from '../useStudy.ts';

/** Places of the candidates that have a value, 1 for the largest. */
function placesOf(effects: StageEffects): readonly (number | null)[] {
  return effects.map((value) =>
    value === null ? null : 1 + effects.filter((other) => other !== null && other > value).length,
  );
}

function tableOf({ ranker }: Reported): TableData {
  return {
    caption: 'Candidates of each stage',
    columns: ['stage', 'candidate', 'accuracy', 'place by accuracy', 'place by ranker'],
    rows: ranker.perStage.flatMap(({ truth, scores }, stage) => {
      const [byTruth, byScore] = [placesOf(truth), placesOf(scores)];
      return truth.map((value, candidate) => [
        stage + 1,
        candidate + 1,
        value,
        byTruth[candidate] ?? null,
        byScore[candidate] ?? null,
      ]);
    }),
  };
}

function StageCell({ cell }: { readonly cell: PartId | undefined }) {
  return cell ? <MiniCell cell={cell} width={60} height={32} /> : null;
}

export function StagesPanel({ reported }: { readonly reported: Reported }) {
  const { view, ranker } = reported;
  const region = view.config?.region ?? [];
  return (
    <TablePanel
      testId="stages"
      title="Stage by stage"
      help="Candidates of each stage with the other stages averaged out, in the order of truth; the number is the place that the ranker gives. A high correlation may come from one stage alone."
      table={() => tableOf(reported)}
      empty={ranker.perStage.length === 0 ? <p>There is no figure by stage yet.</p> : undefined}
    >
      {ranker.perStage.map(({ spearman, truth, scores }, stage) => {
        const [byTruth, byScore] = [placesOf(truth), placesOf(scores)];
        const order = truth
          .map((_, candidate) => candidate)
          .filter((candidate) => byTruth[candidate] !== null)
          .sort((a, b) => (byTruth[a] ?? 0) - (byTruth[b] ?? 0) || a - b);
        return (
          <section key={stage} className="stage-row" aria-label={`Stage ${stage + 1}`}>
            <h3>
              Stage {stage + 1} <span className="stage-rho">ρ {statistic(spearman)}</span>
            </h3>
            <ol className="stage-cells">
              {order.map((candidate) => (
                <li key={candidate}>
                  <StageCell cell={region[stage]?.[candidate]} />
                  <span className="stage-accuracy">{formatPercent(truth[candidate] ?? 0)}</span>
                  <span
                    className="stage-place"
                    data-right={byTruth[candidate] === byScore[candidate] || undefined}
                  >
                    ranked {byScore[candidate] ?? 'n/a'}
                  </span>
                </li>
              ))}
            </ol>
          </section>
        );
      })}
    </TablePanel>
  );
}
