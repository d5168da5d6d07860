/** What a study will cost, before it starts. */
import { useMemo } from 'react';
import { formatCount, formatFlops, formatRange } from '../../../core/format.ts';
import type { TimeRange } from '../../../core/run/reducer.ts';
import { plannedTime } from '../../../core/study/time.ts';
import { plannedWork } from '../../../core/study/work.ts';
import type { PlannedStudy } from '../../../state/study/draft.ts';
import type { Fact } from '../../../ui/Facts.tsx';
import { BatteryLine, CostFigures, ExecutorLine } from '../../costs/CostParts.tsx';
import { executorNote } from '../../costs/executorNote.ts';
import { useKnownSpeed, workersHere } from '../../costs/speed.ts';
import { useLabState } from '../../page/lab.ts';

export function StudyCost({ study: { config, amount } }: { readonly study: PlannedStudy }) {
  const workers = useLabState(workersHere);
  const backend = useLabState((state) => state.backend);
  const work = useMemo(() => plannedWork(config, amount), [config, amount]);
  const known = useKnownSpeed();
  const { low, high } = plannedTime(config, amount, workers, known.speed);
  const { architectures, seeds, supernets } = amount;
  const trainings = architectures * seeds;
  const rows: readonly Fact[] = [
    ['Supernets', formatCount(supernets * config.variants.length)],
    ['Trainings alone', `${formatCount(architectures)} × ${seeds} = ${formatCount(trainings)}`],
    ['Work in all', formatFlops(work.total)],
    ['At once', workers === 1 ? 'one training' : `${workers} trainings`],
  ];
  return (
    <section className="study-cost" aria-label="Estimated cost" data-testid="study-cost">
      <p className="study-time">
        <TakesAbout time={{ low, high }} />
      </p>
      <CostFigures figures={rows} />
      <p className="note-text">
        {known.measured
          ? 'From the speed measured on this machine.'
          : 'A guess until something has been trained on this machine.'}{' '}
        You can pause at any time, close the page, and go on later.
      </p>
      <ExecutorLine note={executorNote(config.run, backend)} jobs={workers} />
      <BatteryLine what="study" time={{ low, high }} />
    </section>
  );
}

export function TakesAbout({ time: { low, high } }: { readonly time: TimeRange }) {
  return (
    <>
      <span className="note-text">Takes about</span> <strong>{formatRange(low, high)}</strong>
    </>
  );
}
