/** The cost of the draft in plain figures. */
import { formatBytes, formatCount, formatFlops } from '../../core/format.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { Fact } from '../../ui/Facts.tsx';
import { useLabState } from '../page/lab.ts';
import { BatteryLine, CostFigures, ExecutorLine } from './CostParts.tsx';
import { type Estimate, estimateCost } from './estimate.ts';
import { executorNote } from './executorNote.ts';
import { useKnownSpeed } from './speed.ts';

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
  return (
    <>
      <CostFigures figures={rows} label="Estimated cost" testId="cost-estimate" />
      <Notes config={config} cost={cost} />
    </>
  );
}

function Notes({ config, cost }: { readonly config: RunConfig; readonly cost: Estimate }) {
  const backend = useLabState((state) => state.backend);
  const { speed } = useKnownSpeed();
  const time = { low: cost.flops * speed.low, high: cost.flops * speed.high };
  return (
    <div className="cost-notes">
      <ExecutorLine note={executorNote(config, backend)} />
      <BatteryLine what="search" time={time} />
    </div>
  );
}
