/** Pairs that the ranker orders against the truth, the worst first: where to look closer. */
import { useState } from 'react';
import { formatPercent, formatPoints } from '../../../core/format.ts';
import type { ArchitectureView, StudyView } from '../../../core/study/reducer.ts';
import type { NamedPair } from '../../../core/study/report.ts';
import { Button } from '../../../ui/Button.tsx';
import type { TableData } from '../../../ui/DataTable.tsx';
import { choose as compareWith } from '../../architecture/choices.ts';
import { useCommand, useLab } from '../../page/lab.ts';
import { TablePanel } from '../../TablePanel.tsx';
import { choiceName } from '../models.ts';
import { type Reported, useChoose, useStudy } from '../useStudy.ts';
import { longerEvaluations, longerOutcome, nextSteps } from './longer.ts';
import { OpenCells } from './OpenCells.tsx';

const SHOWN = 5;

const viewOf = ({ architectures }: StudyView, id: string) =>
  architectures.find(({ architecture }) => architecture === id) ?? null;

const points = (difference: number | null) =>
  difference === null ? 'the other failed' : `${formatPoints(difference)} points better`;

function tableOf(view: StudyView, pairs: readonly NamedPair[]): TableData {
  const name = (id: string) => choiceName(viewOf(view, id)?.choice ?? []);
  return {
    caption: 'Discordant pairs',
    columns: ['truly better', 'predicted better', 'difference (points)', 'beyond noise'],
    rows: pairs.map(({ better, worse, difference, beyondNoise }) => [
      name(better),
      name(worse),
      difference === null ? null : 100 * difference,
      beyondNoise === null ? null : beyondNoise ? 'yes' : 'no',
    ]),
  };
}

export function PairsPanel({ reported }: { readonly reported: Reported }) {
  const { view, ranker } = reported;
  const pairs = useStudy((study) => study.pairs);
  const [all, setAll] = useState(false);
  const list = pairs?.ranker === ranker.id ? pairs.list : null;
  const tooMany = pairs?.ranker === ranker.id && pairs.list === null;
  return (
    <TablePanel
      testId="pairs"
      title="Most discordant pairs"
      help="The ranker puts one above the other, and training says the opposite. Is it the ranker’s error, or noise? Train both longer to find out."
      table={list && list.length > 0 ? () => tableOf(view, list) : null}
      empty={
        list && list.length > 0 ? undefined : (
          <p>
            {tooMany
              ? 'There are too many architectures to list their pairs.'
              : list
                ? `${ranker.name} orders every pair as the truth does.`
                : 'The pairs are being compared…'}
          </p>
        )
      }
    >
      <ol className="pair-list">
        {list?.slice(0, all ? undefined : SHOWN).map((pair) => (
          <PairRow key={`${pair.better} ${pair.worse}`} pair={pair} view={view} />
        ))}
      </ol>
      {list && list.length > SHOWN && (
        <Button size="s" kind="quiet" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${list.length - SHOWN} more`}
        </Button>
      )}
    </TablePanel>
  );
}

interface PairRowProps {
  readonly pair: NamedPair;
  readonly view: StudyView;
}

function PairRow({ pair, view }: PairRowProps) {
  const command = useCommand();
  const choose = useChoose();
  const { openArchitecture } = useLab();
  const [better, worse] = [viewOf(view, pair.better), viewOf(view, pair.worse)];
  const shown = useStudy(
    ({ chosen }) => chosen.pair?.[0] === pair.better && chosen.pair[1] === pair.worse,
  );
  const busy = useStudy(({ status }) => status === 'starting');
  if (!better || !worse || !view.config || !view.amount) return null;
  const steps = nextSteps(view.config, [better, worse]);
  const outcome = longerOutcome(better, worse);
  const train = () =>
    command(({ studies }) =>
      studies.extend({ extra: longerEvaluations(view, [better, worse], steps) }),
    );
  return (
    <li className="pair-row" data-shown={shown || undefined}>
      <div className="pair-two">
        <PairSide one={better} note={points(pair.difference)} />
        <PairSide one={worse} note="predicted better" />
      </div>
      <div className="pair-actions">
        {pair.beyondNoise !== null && (
          <span className={`badge badge-${pair.beyondNoise ? 'warn' : 'plain'}`}>
            {pair.beyondNoise ? 'beyond the noise' : 'within the noise'}
          </span>
        )}
        <Button
          size="s"
          kind="quiet"
          aria-pressed={shown}
          onClick={() => choose({ pair: shown ? null : [pair.better, pair.worse] })}
        >
          {shown ? 'Hide' : 'Show'} in the chart
        </Button>
        <Button
          size="s"
          kind="quiet"
          data-testid="compare-pair"
          onClick={() => {
            openArchitecture(pair.better);
            compareWith({ compare: pair.worse });
          }}
        >
          Compare
        </Button>
        <Button size="s" disabled={busy} data-testid="train-longer" onClick={train}>
          Train both longer ({steps} steps)
        </Button>
      </div>
      {outcome && (
        <p className="pair-outcome" data-testid="pair-outcome">
          {outcome}
        </p>
      )}
    </li>
  );
}

interface PairSideProps {
  readonly one: ArchitectureView;
  readonly note: string;
}

function PairSide({ one, note }: PairSideProps) {
  const accuracies = one.evaluations.flatMap(({ accuracy }) => accuracy ?? []);
  const mean = accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length;
  return (
    <OpenCells id={one.architecture} cells={one.cells} width={52} title="Open this architecture">
      <span>
        <strong>{choiceName(one.choice)}</strong>{' '}
        {accuracies.length > 0 ? formatPercent(mean) : 'failed'}
        <span className="pair-role">{note}</span>
      </span>
    </OpenCells>
  );
}
