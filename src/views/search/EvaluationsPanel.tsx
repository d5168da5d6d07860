/** A black-box search: every architecture it trained, the best so far, and where each came from. */
import { useCallback, useMemo } from 'react';
import { formatPercent } from '../../core/format.ts';
import { Button } from '../../ui/Button.tsx';

import { evaluationsChart } from '../../viz/evaluations/index.ts';
import { ChartPanel } from '../ChartPanel.tsx';
import { useLab, useLabState } from '../page/lab.ts';
import { EmptyRun } from './EmptyRun.tsx';
import { evaluationsModel, evaluationsOf } from './models.ts';
import { explainOrigin } from './origins.ts';
import { useEvaluation } from './selection.ts';

export function EvaluationsPanel() {
  const view = useLabState((state) => state.view);
  const [selected, choose] = useEvaluation();
  const onSelect = useCallback((key: string) => choose(Number(key)), [choose]);
  const model = useMemo(() => evaluationsModel(view, selected), [view, selected]);
  return (
    <ChartPanel
      className="panel-space"
      testId="evaluations-chart"
      title="Evaluations"
      help="Each mark is an architecture trained alone and measured on the validation images, in the order of the search. The line is the best so far; thin lines lead from a child to its parent. Choose a mark to learn why it was tried."
      kind={evaluationsChart}
      model={model}
      fill
      file="fade-evaluations"
      onSelect={onSelect}
      after={<ChosenEvaluation />}
      empty={<EmptyRun>Architectures appear here as they are trained, one after another.</EmptyRun>}
    />
  );
}

/** The chosen one in words, and the way to its network. */
function ChosenEvaluation() {
  const { openArchitecture } = useLab();
  const view = useLabState((state) => state.view);
  const [selected] = useEvaluation();
  const chosen = selected === null ? null : (evaluationsOf(view)[selected] ?? null);
  if (!chosen || !view.config) {
    return (
      <p className="why-born" role="status">
        Choose an architecture to learn why it was tried.
      </p>
    );
  }
  const { job, result } = chosen;
  const measured = result.accuracy === null ? 'diverged' : formatPercent(result.accuracy, 2);
  return (
    <div className="why-born" role="status">
      <p>
        <code>{job.id}</code>, {measured}. {explainOrigin(view.config, job.origin)}
      </p>
      <Button size="s" data-testid="open-evaluated" onClick={() => openArchitecture(job.id)}>
        Open this network
      </Button>
    </div>
  );
}
