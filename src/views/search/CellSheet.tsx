/** A cell, large: its drawing, its figures, its standing, and why it was born. */
import { cellCost } from '../../core/architecture.ts';
import { facts as cellFacts } from '../../core/cell.ts';
import { canonicalMask } from '../../core/cellSpace.ts';
import { formatCount, formatDecimal, formatFlops, formatPercent } from '../../core/format.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { GenerationView } from '../../core/run/reducer.ts';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { cellChart } from '../../viz/cell/index.ts';
import { whyBorn } from '../../viz/evolution/whyBorn.ts';
import { ChartPanel } from '../ChartPanel.tsx';
import { networkShape } from '../costs/network.ts';
import type { CandidateRef } from './selection.ts';

interface CellSheetProps {
  readonly at: CandidateRef;
  readonly generation: GenerationView;
  readonly config: RunConfig;
}

export function CellSheet({ at, generation, config }: CellSheetProps) {
  const { vertices, stages } = generation.region;
  const mask = stages[at.stage]?.[at.candidate];
  if (mask === undefined) return null;
  const origin = generation.origins[at.stage]?.[at.candidate];
  return (
    <>
      <ChartPanel
        className="panel-plain"
        testId="cell-chart"
        title="The cell"
        help="Dashed edges are identities from INPUT; solid edges are operations. A vertex sums what comes in."
        kind={cellChart}
        model={{ vertices, mask, labels: true }}
        height={260}
        file={`fade-cell-${mask.toString(16)}`}
        empty={null}
      />
      <Facts facts={standing(at, generation)} />
      <h3>Its shape</h3>
      <Facts facts={shapeFacts(at, mask, generation, config)} />
      {origin && (
        <>
          <h3>Why it was born</h3>
          <p className="why-born">{whyBorn(origin)}</p>
        </>
      )}
    </>
  );
}

function standing({ stage, candidate }: CandidateRef, generation: GenerationView): readonly Fact[] {
  const ranks = generation.ranked?.ranks[stage];
  const rank = ranks?.[candidate];
  const weight = (generation.ranked?.weights ?? generation.progress.at(-1)?.weights)?.[stage]?.[
    candidate
  ];
  const utility = generation.moved?.utilities[stage]?.[candidate];
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

function shapeFacts(
  { stage }: CandidateRef,
  mask: number,
  generation: GenerationView,
  config: RunConfig,
): readonly Fact[] {
  const { vertices } = generation.region;
  const { edges, depth, sinks, operations } = cellFacts(vertices, mask);
  const shape = networkShape(config);
  const cost = shape && cellCost(shape, stage, vertices, mask);
  const canonical = canonicalMask(vertices, mask);
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
    ['Mask', String(mask)],
    ['Isomorphism class', canonical === mask ? `${canonical} (this one)` : String(canonical)],
  ];
}
