/** What to measure and how thoroughly; starts and cancels. */
import { Play, Square } from 'lucide-react';
import { BENCHMARKS, type BenchAmount } from '../../core/bench/requests.ts';
import { BACKEND_NAMES } from '../../core/run/executors.ts';
import type { Bench, BenchState } from '../../state/bench/controller.ts';
import { Button } from '../../ui/Button.tsx';

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
          <label key={id} className="option-card">
            <input
              type="radio"
              name="amount"
              checked={state.amount === id}
              data-testid={`bench-${id}`}
              onChange={() => bench.choose(id)}
            />
            <span>
              <strong>{label}</strong>
              <span className="bench-help">{help}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset className="bench-wanted" disabled={busy}>
        <legend>Benchmarks</legend>
        {BENCHMARKS.map(({ id, label, help, backends }) => (
          <label key={id} className="option-card">
            <input
              type="checkbox"
              checked={state.wanted.includes(id)}
              data-testid={`bench-want-${id}`}
              onChange={(event) => bench.want(id, event.target.checked)}
            />
            <span>
              <strong>
                {label}{' '}
                <span className="bench-where">
                  {backends.map((one) => BACKEND_NAMES[one]).join(', ')}
                </span>
              </strong>
              <span className="bench-help">{help}</span>
            </span>
          </label>
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
