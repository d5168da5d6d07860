/** A cell, large: its drawing, its figures, its standing, and why it was born. */
import { cellCost } from '../../core/architecture.ts';
import { facts as cellFacts } from '../../core/cell.ts';
import { cellId, readCell } from '../../core/cellId.ts';
import { formatCount, formatDecimal, formatFlops, formatPercent } from '../../core/format.ts';
import { readPseudoGradientNote } from '../../core/method/pseudoGradient.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { RegionView } from '../../core/run/regionView.ts';
import type { PartId } from '../../core/space/ids.ts';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { cellChart } from '../../viz/cell/index.ts';
import { ChartPanel } from '../ChartPanel.tsx';
import { networkShape } from '../costs/network.ts';
import { explainOrigin } from './origins.ts';
import type { CandidateRef } from './selection.ts';

interface CellSheetProps {
  readonly at: CandidateRef;
  readonly generation: RegionView;
  readonly config: RunConfig;
}

export function CellSheet({ at, generation, config }: CellSheetProps) {
  const cell = generation.region[at.stage]?.[at.candidate];
  if (cell === undefined) return null;
  const origin = generation.origins[at.stage]?.[at.candidate];
  return (
    <>
      <ChartPanel
        className="panel-plain"
        testId="cell-chart"
        title="The cell"
        help="Dashed edges are identities from INPUT; solid edges are operations. A vertex sums what comes in."
        kind={cellChart}
        model={{ cell, labels: true }}
        height={260}
        file={`fade-cell-${cell.replace(':', '-')}`}
        empty={null}
      />
      <Facts facts={standing(at, generation)} />
      <h3>Its shape</h3>
      <Facts facts={shapeFacts(at, cell, config)} />
      {origin && (
        <>
          <h3>Why it was born</h3>
          <p className="why-born">{explainOrigin(config, origin)}</p>
        </>
      )}
    </>
  );
}

function standing({ stage, candidate }: CandidateRef, generation: RegionView): readonly Fact[] {
  const ranks = generation.ranked?.ranks[stage];
  const rank = ranks?.[candidate];
  const weight = generation.weights?.[stage]?.[candidate];
  const note = readPseudoGradientNote(generation.round.note);
  const utility = note?.utilities[stage]?.[candidate];
  const place =
    ranks && rank !== undefined ? ranks.filter((other) => other > rank).length + 1 : null;
  const facts: Fact[] = [];
  if (weight !== undefined) facts.push(['Mixing weight', formatPercent(weight)]);
  facts.push(
    rank === undefined || !ranks
      ? ['Rank', 'after training']
      : ['Rank in its stage', `${place} of ${ranks.length} (score ${formatDecimal(rank, 2)})`],
  );
  if (utility !== undefined) facts.push(['Utility W', formatPercent(utility)]);
  return facts;
}

function shapeFacts({ stage }: CandidateRef, id: PartId, config: RunConfig): readonly Fact[] {
  const { vertices, mask } = readCell(id);
  const { edges, depth, sinks, operations } = cellFacts(vertices, mask);
  const shape = networkShape(config);
  const cost = shape && cellCost(shape, stage, id);
  const canonical = cellId(vertices, mask);
  return [
    ['Edges', `${edges} of ${(vertices * (vertices - 1)) / 2}`],
    ['Depth', `${depth} operations`],
    ['Sinks', sinks],
    ['Operations', operations],
    ...(cost
      ? [
          ['Parameters', formatCount(cost.parameters)] as const,
          ['Work an image', formatFlops(cost.flops)] as const,
        ]
      : []),
    ['Name', <code key="name">{id}</code>],
    ['Isomorphism class', canonical === id ? `${canonical} (this one)` : canonical],
  ];
}
