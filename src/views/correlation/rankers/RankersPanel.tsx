/** All rankers side by side on the same architectures, sorted by the chosen figure. */
import { useMemo } from 'react';
import { rankersChart } from '../../../viz/rankers/index.ts';
import { ChartPanel } from '../../ChartPanel.tsx';
import { useLab } from '../../page/lab.ts';
import { rankersModel } from '../models.ts';
import { type Reported, useChoose, useStudy } from '../useStudy.ts';
import { FIGURE_LIST, figureInfo } from './figures.ts';

export function RankersPanel({ reported }: { readonly reported: Reported }) {
  const { view, report, ranker } = reported;
  const { studies } = useLab();
  const choose = useChoose();
  const figure = useStudy((study) => study.chosen.figure);
  const model = useMemo(
    () => rankersModel(view, report, figureInfo(figure), ranker.id),
    [view, report, figure, ranker.id],
  );
  return (
    <ChartPanel
      testId="rankers"
      title="Rankers side by side"
      help="Every ranker on the same architectures, with 95 % intervals from redrawing the architectures. The difference is from the best plain size: does a ranker know more than “smaller is better”?"
      kind={rankersChart}
      model={model}
      file={`fade-rankers-${figure}`}
      onSelect={(key) => {
        choose({ ranker: key, pair: null });
        studies.analyse();
      }}
      aside={
        <label className="sort-by">
          <span>by</span>
          <select
            value={figure}
            data-testid="figure-picker"
            onChange={(event) => {
              const found = FIGURE_LIST.find(({ id }) => id === event.target.value);
              if (found) choose({ figure: found.id });
            }}
          >
            {FIGURE_LIST.map(({ id, metric }) => (
              <option key={id} value={id}>
                {metric.name}
              </option>
            ))}
          </select>
        </label>
      }
      empty={null}
    />
  );
}
