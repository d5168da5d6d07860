/** What a search has spent, what is left of its limits, and what it would hand out now. */
import { formatCount, formatMacs, formatPercent } from '../../core/format.ts';
import { type BudgetView, budgetOf } from '../../core/run/budget.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { RunView } from '../../core/run/reducer.ts';
import { roundTitle, roundWord } from '../../core/run/rounds.ts';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { useLab, useLabState } from '../page/lab.ts';
import { TablePanel } from '../TablePanel.tsx';

const HELP =
  'Everything a search trains and evaluates counts, rankers included: a training step as three forward passes of its batch, an evaluated image as one. Multiply–accumulates (MACs) are the same on every machine.';

const told = ({ rounds }: RunView) => rounds.filter(({ complete }) => complete).length;

function spentFacts({ spent }: RunView, config: RunConfig, rounds: number): readonly Fact[] {
  return [
    ['Multiply–accumulates', formatMacs(spent.macs)],
    ['Training steps', formatCount(spent.steps)],
    ['Architectures trained alone', formatCount(spent.evaluations)],
    [`${roundTitle(config)}s`, formatCount(rounds)],
  ];
}

const amount = ({ unit }: BudgetView, value: number) =>
  unit === 'macs' ? formatMacs(value) : formatCount(value);

function Limits({
  limits,
  word,
}: {
  readonly limits: readonly BudgetView[];
  readonly word: string;
}) {
  const names = { rounds: `${word}s`, macs: 'MACs', evaluations: 'evaluations' };
  return (
    <ul className="limits">
      {limits.map((limit) => {
        const left = Math.max(0, limit.limit - limit.spent);
        return (
          <li key={limit.unit}>
            <span>
              {amount(limit, left)} of {amount(limit, limit.limit)}
              {/* Multiply–accumulates come with their unit. */}
              {limit.unit === 'macs' ? '' : ` ${names[limit.unit]}`} left
            </span>
            <progress
              aria-label={`Spent of the limit in ${names[limit.unit]}`}
              max={limit.limit}
              value={Math.min(limit.limit, limit.spent)}
            />
          </li>
        );
      })}
    </ul>
  );
}

function Incumbent({ view, config }: { readonly view: RunView; readonly config: RunConfig }) {
  const { openArchitecture } = useLab();
  const { incumbent } = view;
  if (!incumbent) return null;
  const { id, accuracy } = incumbent;
  const said =
    accuracy === null
      ? `ranked first in the last ${roundWord(config)}`
      : `${formatPercent(accuracy, 2)} of the validation images`;
  return (
    <p className="incumbent">
      The search would hand out{' '}
      <button type="button" onClick={() => openArchitecture(id)}>
        <code>{id}</code>
      </button>
      , {said}.
    </p>
  );
}

export function CostPanel() {
  const view = useLabState((state) => state.view);
  const { config, spent } = view;
  if (!config) {
    return (
      <TablePanel
        testId="cost-panel"
        title="Cost"
        help={HELP}
        table={null}
        empty={<p>What a search has spent is counted here.</p>}
      >
        {null}
      </TablePanel>
    );
  }
  const rounds = told(view);
  const facts = spentFacts(view, config, rounds);
  const table = () => ({
    caption: 'Cost',
    columns: ['what', 'spent'],
    rows: facts.map(([name, value]) => [name, String(value)]),
  });
  return (
    <TablePanel className="panel-cost" testId="cost-panel" title="Cost" help={HELP} table={table}>
      <Facts facts={facts} />
      <Limits limits={budgetOf(config.search, spent, rounds)} word={roundWord(config)} />
      <Incumbent view={view} config={config} />
    </TablePanel>
  );
}
