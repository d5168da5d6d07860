/** What something will cost, figure by figure. */
import './costs.css';
import type { Fact } from '../../ui/Facts.tsx';

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
