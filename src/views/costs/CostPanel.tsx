/** The cost of the draft in plain figures. */
import { formatBytes, formatCount, formatFlops } from '../../core/format.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { Fact } from '../../ui/Facts.tsx';
import { useLabState } from '../page/lab.ts';
import { BatteryLine, CostFigures, ExecutorLine } from './CostParts.tsx';
import { candidatesText } from './candidates.ts';
import { type Estimate, estimateCost } from './estimate.ts';
import { executorNote } from './executorNote.ts';
import { useKnownSpeed } from './speed.ts';

export function CostPanel({ config }: { readonly config: RunConfig | null }) {
  const cost = config && estimateCost(config);
  if (!config || !cost)
    return <p className="cost-empty">Costs appear once the settings are valid.</p>;
  const { network, whole } = cost;
  const rows: readonly Fact[] = [
    ...(cost.kind === 'region' ? regionFacts(config, cost) : []),
    ...trainingFacts(cost),
    ['Parameters', formatCount(network.parameters)],
    ['Work a step', formatFlops(network.flopsPerStep)],
    ...(whole
      ? ([
          ['Steps in all', formatCount(whole.steps)],
          ['Work in all', formatFlops(whole.flops)],
        ] as const)
      : []),
    ['Memory, about', formatBytes(cost.memoryBytes)],
  ];
  return (
    <>
      <CostFigures figures={rows} label="Estimated cost" testId="cost-estimate" />
      <Notes config={config} cost={cost} />
    </>
  );
}

function regionFacts({ space }: RunConfig, cost: Estimate): readonly Fact[] {
  const { candidates } = space;
  const even = candidates.every((count) => count === candidates[0]);
  return [
    ['Candidate cells', `${candidatesText(candidates)} = ${cost.network.cells}`],
    [
      'Architectures',
      <>
        {even ? (
          <>
            {candidates[0]}
            <sup>{candidates.length}</sup>
          </>
        ) : (
          candidates.join(' × ')
        )}{' '}
        = {formatCount(cost.architectures)}
      </>,
    ],
  ];
}

/** How many trainings there will be, and what one costs where that is not plain from the whole. */
function trainingFacts({ kind, steps, flops, whole }: Estimate): readonly Fact[] {
  const count = whole ? formatCount(whole.trainings) : 'no limit';
  const each: readonly Fact[] = [
    ['Steps each', formatCount(steps)],
    ['Work each', formatFlops(flops)],
  ];
  if (kind === 'black-box') return [['Evaluations', count], ...each];
  return [['Supernets', count], ...(whole ? [] : each)];
}

function Notes({ config, cost }: { readonly config: RunConfig; readonly cost: Estimate }) {
  const backend = useLabState((state) => state.backend);
  const { speed } = useKnownSpeed();
  const { whole } = cost;
  return (
    <div className="cost-notes">
      <ExecutorLine note={executorNote(config, backend)} />
      {whole && (
        <BatteryLine
          what="search"
          time={{ low: whole.flops * speed.low, high: whole.flops * speed.high }}
        />
      )}
    </div>
  );
}
