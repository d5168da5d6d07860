/** An architecture: the chain of its cells and what it would cost on its own. */
import { Network } from 'lucide-react';
import { architectureCost, architectureId } from '../../core/architecture.ts';
import { facts as cellFacts } from '../../core/cell.ts';
import { formatCount, formatDecimal, formatFlops } from '../../core/format.ts';
import { choiceMasks } from '../../core/region.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { GenerationView } from '../../core/run/reducer.ts';
import { Button } from '../../ui/Button.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { networkShape } from '../costs/network.ts';
import { useLab } from '../page/lab.ts';
import { MiniCell } from './MiniCell.tsx';
import { choose } from './selection.ts';

interface ArchitectureSheetProps {
  readonly choice: readonly number[];
  readonly generation: GenerationView;
  readonly config: RunConfig;
}

export function ArchitectureSheet({ choice, generation, config }: ArchitectureSheetProps) {
  const { region, ranked } = generation;
  const { openArchitecture } = useLab();
  const { vertices } = region;
  const masks = choiceMasks(region, choice);
  const architecture = { vertices, masks };
  const shape = networkShape(config);
  const cost = shape && architectureCost(shape, architecture);
  const cells = masks.map((mask) => cellFacts(vertices, mask));
  const best = ranked?.best ?? [];
  const place = best.findIndex((one) => one.choice.join() === choice.join());
  const sum = (key: 'edges' | 'depth' | 'operations') =>
    cells.reduce((total, cell) => total + cell[key], 0);
  return (
    <>
      <ol className="chain">
        {masks.map((mask, stage) => (
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
              <MiniCell vertices={vertices} mask={mask} width={170} height={76} />
            </button>
          </li>
        ))}
      </ol>
      <Facts
        facts={[
          ['Place', place >= 0 ? `${place + 1} of ${formatCount(countOf(generation))}` : '–'],
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
          ['Name', <code key="name">{architectureId(architecture)}</code>],
        ]}
      />
      <Button
        icon={<Network size={16} aria-hidden />}
        data-testid="open-architecture"
        onClick={() => openArchitecture(architectureId(architecture))}
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

const countOf = ({ region }: GenerationView) =>
  region.stages.reduce((count, candidates) => count * candidates.length, 1);
