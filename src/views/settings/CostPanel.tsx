/** The cost of the draft in plain figures. */
import type { RunConfig } from '../../core/run/config.ts';
import type { Fact } from '../../ui/Facts.tsx';
import { formatBytes, formatCount, formatFlops } from '../../ui/format.ts';
import { CostFigures } from './CostFigures.tsx';
import { estimateCost } from './estimate.ts';

export function CostPanel({ config }: { readonly config: RunConfig | null }) {
  const cost = config && estimateCost(config);
  if (!config || !cost)
    return <p className="cost-empty">Costs appear once the settings are valid.</p>;
  const { supernet } = cost;
  const rows: readonly Fact[] = [
    ['Candidate cells', `${config.space.stages} × ${config.space.candidates} = ${supernet.cells}`],
    [
      'Architectures',
      <>
        {config.space.candidates}
        <sup>{config.space.stages}</sup> = {formatCount(cost.architectures)}
      </>,
    ],
    ['Supernets', formatCount(cost.supernets)],
    ['Parameters', formatCount(supernet.parameters)],
    ['Work a step', formatFlops(supernet.flopsPerStep)],
    ['Steps in all', formatCount(cost.steps)],
    ['Work in all', formatFlops(cost.flops)],
    ['Memory, about', formatBytes(cost.memoryBytes)],
  ];
  return <CostFigures figures={rows} label="Estimated cost" testId="cost-estimate" />;
}
