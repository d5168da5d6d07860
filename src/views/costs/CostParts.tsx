/** What the costs of a search, a study and a network are made of: figures, what trains, the battery. */
import './costs.css';
import { formatRange } from '../../core/format.ts';
import type { TimeRange } from '../../core/run/reducer.ts';
import type { Fact } from '../../ui/Facts.tsx';
import { useLabState } from '../page/lab.ts';
import { type ExecutorNote, threadsNote } from './executorNote.ts';

interface CostFiguresProps {
  readonly figures: readonly Fact[];
  readonly label?: string;
  readonly testId?: string;
}

export function CostFigures({ figures, label, testId }: CostFiguresProps) {
  return (
    <dl className="cost" aria-label={label} data-testid={testId}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ExecutorLineProps {
  readonly note: ExecutorNote;
  /** Trainings at once. */
  readonly jobs?: number;
}

export function ExecutorLine({ note: { id, name, reason }, jobs = 1 }: ExecutorLineProps) {
  const team = useLabState((state) => state.team);
  const threads = threadsNote(id, team, jobs);
  return (
    <p className="cost-note" data-testid="executor-note">
      Trains with: <strong>{name}</strong>
      {reason && `, which is slower. ${reason}`}
      {threads && ` · ${threads}`}
    </p>
  );
}

/** Shorter work is over before anybody has found the plug. */
const WORTH_A_WORD_MS = 60_000;

interface BatteryLineProps {
  readonly what: 'search' | 'study';
  readonly time: TimeRange;
}

export function BatteryLine({ what, time: { low, high } }: BatteryLineProps) {
  const onBattery = useLabState((state) => state.onBattery);
  if (!onBattery || high < WORTH_A_WORD_MS) return null;
  return (
    <p className="cost-note cost-warning" data-testid="battery-note">
      On battery: this {what} needs about {formatRange(low, high)} of full power. Plug in, or pause
      it before the battery is low.
    </p>
  );
}
