/** What to measure and how thoroughly; starts and cancels. */
import { Play, Square } from 'lucide-react';
import { BENCHMARKS, type BenchAmount } from '../../core/bench/requests.ts';
import { BACKEND_NAMES } from '../../core/run/executors.ts';
import type { Bench, BenchState } from '../../state/bench/controller.ts';
import { Button } from '../../ui/Button.tsx';
import { OptionCard } from '../../ui/OptionCard.tsx';

const AMOUNTS: readonly {
  readonly id: BenchAmount;
  readonly label: string;
  readonly help: string;
}[] = [
  {
    id: 'quick',
    label: 'Quick',
    help: 'A minute or two; longer on a GPU that is done in software.',
  },
  {
    id: 'full',
    label: 'Full',
    help: 'All nets and sizes, as in docs/performance.md: many minutes.',
  },
];

export interface BenchProps {
  readonly bench: Bench;
  readonly state: BenchState;
}

export function BenchForm({ bench, state }: BenchProps) {
  const busy = state.status === 'preparing' || state.status === 'measuring';
  return (
    <section className="panel bench-form" aria-labelledby="bench-form-title">
      <h2 id="bench-form-title">What to measure</h2>
      <fieldset className="bench-amounts" disabled={busy}>
        <legend>How thoroughly</legend>
        {AMOUNTS.map(({ id, label, help }) => (
          <OptionCard
            key={id}
            group="amount"
            label={label}
            help={help}
            checked={state.amount === id}
            testId={`bench-${id}`}
            onChange={() => bench.choose(id)}
          />
        ))}
      </fieldset>
      <fieldset className="bench-wanted" disabled={busy}>
        <legend>Benchmarks</legend>
        {BENCHMARKS.map(({ id, label, help, backends }) => (
          <OptionCard
            key={id}
            label={
              <>
                {label}{' '}
                <span className="bench-where">
                  {backends.map((one) => BACKEND_NAMES[one]).join(', ')}
                </span>
              </>
            }
            help={help}
            checked={state.wanted.includes(id)}
            testId={`bench-want-${id}`}
            onChange={(wanted) => bench.want(id, wanted)}
          />
        ))}
      </fieldset>
      <div className="bench-actions">
        {busy ? (
          <Button
            size="l"
            icon={<Square size={18} aria-hidden />}
            data-testid="bench-cancel"
            onClick={bench.cancel}
          >
            Cancel
          </Button>
        ) : (
          <Button
            kind="primary"
            size="l"
            icon={<Play size={18} aria-hidden />}
            data-testid="bench-start"
            disabled={state.wanted.length === 0}
            onClick={() => void bench.start()}
          >
            {state.status === 'ended' ? 'Measure again' : 'Start measuring'}
          </Button>
        )}
      </div>
    </section>
  );
}
