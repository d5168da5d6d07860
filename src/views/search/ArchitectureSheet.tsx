/** An architecture: the chain of its cells and what it would cost on its own. */
import { Network } from 'lucide-react';
import { architectureCost } from '../../core/architecture.ts';
import { facts as cellFacts } from '../../core/cell.ts';
import { chainId, readCell } from '../../core/cellId.ts';
import { formatCount, formatDecimal, formatFlops } from '../../core/format.ts';
import { architectureCount, choiceParts } from '../../core/region.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { RegionView } from '../../core/run/regionView.ts';
import { Button } from '../../ui/Button.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { networkShape } from '../costs/network.ts';
import { useLab } from '../page/lab.ts';
import { MiniCell } from './MiniCell.tsx';
import { choose } from './selection.ts';

interface ArchitectureSheetProps {
  readonly choice: readonly number[];
  readonly generation: RegionView;
  readonly config: RunConfig;
}

export function ArchitectureSheet({ choice, generation, config }: ArchitectureSheetProps) {
  const { region, ranked } = generation;
  const { openArchitecture } = useLab();
  const parts = choiceParts(region, choice);
  const id = chainId(parts);
  const shape = networkShape(config);
  const cost = shape && architectureCost(shape, parts);
  const cells = parts.map((part) => {
    const { vertices, mask } = readCell(part);
    return cellFacts(vertices, mask);
  });
  const best = ranked?.best ?? [];
  const place = best.findIndex((one) => one.choice.join() === choice.join());
  const sum = (key: 'edges' | 'depth' | 'operations') =>
    cells.reduce((total, cell) => total + cell[key], 0);
  return (
    <>
      <ol className="chain">
        {parts.map((cell, stage) => (
          <li key={stage}>
            <button
              type="button"
              aria-label={`Open the cell of stage ${stage + 1}`}
              onClick={() =>
                choose({
                  kind: 'cell',
                  generation: generation.index,
                  at: { stage, candidate: choice[stage] ?? 0 },
                })
              }
            >
              <span>Stage {stage + 1}</span>
              <MiniCell cell={cell} width={170} height={76} />
            </button>
          </li>
        ))}
      </ol>
      <Facts
        facts={[
          ['Place', place >= 0 ? `${place + 1} of ${formatCount(architectureCount(region))}` : '–'],
          ['Score', place >= 0 ? formatDecimal(best[place]?.score ?? 0, 3) : '–'],
          ['Edges', sum('edges')],
          ['Depth of its cells', sum('depth')],
          ['Operations', sum('operations')],
          ...(cost
            ? [
                ['Parameters', formatCount(cost.parameters)] as const,
                ['Work an image', formatFlops(cost.flops)] as const,
              ]
            : []),
          ['Name', <code key="name">{id}</code>],
        ]}
      />
      <Button
        icon={<Network size={16} aria-hidden />}
        data-testid="open-architecture"
        onClick={() => openArchitecture(id)}
      >
        Open this network
      </Button>
      <p className="sheet-note">
        The score orders architectures of this generation. It is no accuracy, and does not compare
        with scores of other generations.
      </p>
    </>
  );
}
