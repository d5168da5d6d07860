/** What has been measured so far, line by line, as the training thread says it. */
import { useEffect, useRef } from 'react';
import { benchmarkLabel } from '../../core/bench/report.ts';
import type { BackendProbe } from '../../core/run/events.ts';
import type { BenchState } from '../../state/bench/controller.ts';
import { Banner } from '../../ui/Banner.tsx';

function headline({ status, done, total, cancelled, failure }: BenchState): string {
  if (status === 'preparing') return 'Testing what this machine can do';
  if (status === 'measuring') return `Measuring: ${done} of ${total} benchmarks are done`;
  if (failure) return 'Nothing could be measured';
  if (cancelled) return `Cancelled: ${done} of ${total} benchmarks are done`;
  return `Done: ${total} of ${total} benchmarks`;
}

const describe = ({ candidates }: BackendProbe) =>
  candidates
    .map(({ name, available, note }) =>
      available ? `${name}: ${note}` : `${name} is left out: ${note}`,
    )
    .join(' · ');

export function BenchProgress({ state }: { readonly state: BenchState }) {
  const { lines, probe, done, total, failure, missed } = state;
  const log = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const { current } = log;
    if (current && lines.length > 0) current.scrollTop = current.scrollHeight;
  }, [lines]);
  return (
    <section className="panel bench-progress" aria-labelledby="bench-progress-title">
      <h2 id="bench-progress-title" data-testid="bench-status" aria-live="polite">
        {headline(state)}
      </h2>
      <progress className="progress" max={Math.max(1, total)} value={done} aria-label="Progress" />
      {probe && <p className="note-text">{describe(probe)}</p>}
      {lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by key.
        <ol className="bench-log" ref={log} tabIndex={0} aria-label="What was measured">
          {lines.map((line, i) => (
            <li key={i}>{line}</li>
          ))}
        </ol>
      )}
      {failure && (
        <Banner tone="error" title="This machine could not be measured" testId="bench-failure">
          <p>{failure.message}</p>
        </Banner>
      )}
      {missed.map(({ benchmark, backend, why }) => (
        <Banner
          key={`${benchmark} ${backend}`}
          tone="notice"
          title={`${benchmarkLabel(benchmark)} on ${backend} could not be measured: ${why}`}
        />
      ))}
    </section>
  );
}
