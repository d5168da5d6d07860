/**
 * The hierarchical space, live: every candidate cell of every stage, the band of architecture weights
 * through them, and the best path. A change of weights alone touches attributes only.
 */
import { type Selection, select } from 'd3';
import { layoutCell } from '../shared/cellLayout.ts';
import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { ABOVE, BELOW, type OriginLabels, originLook } from '../shared/colours.ts';
import { drawCell } from '../shared/drawCell.ts';
import { frame, interactive, keyed, layer, move } from '../shared/drawing.ts';
import { candidateKey } from '../shared/keys.ts';
import { score, share } from '../shared/text.ts';
import { barLimit, barSpan, layoutSpace, type SpaceGeometry, type SpaceTile } from './layout.ts';
import { drawSpaceLegend } from './legend.ts';
import type { SpaceCandidate, SpaceModel } from './model.ts';
import { describeCandidate, describeSpace } from './text.ts';

interface TileDatum extends SpaceTile {
  readonly item: SpaceCandidate;
  readonly k: number;
  readonly best: boolean;
}

/** What decides which ribbons and tiles stand out. */
interface Emphasis {
  readonly best: ReadonlySet<string>;
  readonly high: ReadonlySet<string>;
}

/** Renders the space chart; cheap to call again with new weights. */
export function renderSpace(
  svg: SVGSVGElement,
  model: SpaceModel,
  options: ChartOptions,
): Rendered {
  const geometry = layoutSpace(model, options);
  const emphasis: Emphasis = {
    best: new Set(
      (model.bestChoice ?? []).map((candidate, stage) => candidateKey(stage, candidate)),
    ),
    high: new Set((model.highlighted ?? []).map((c) => candidateKey(c.stage, c.candidate))),
  };
  drawFlow(svg, geometry, emphasis, options.motion);
  // Weights change five times a second, all else once a generation: the rest stays untouched.
  const structure = structureOf(model, geometry);
  const still = svg.getAttribute('data-structure') === structure;
  svg.setAttribute('data-structure', structure);
  if (!still) drawBlocks(svg, geometry, options.motion);
  drawTiles(svg, model, geometry, emphasis, options, still);
  const height = drawSpaceLegend(svg, model, geometry);
  frame(svg, geometry.width, height, describeSpace(model), 'group');
  emphasise(svg, emphasis, null);
  return { height };
}

/** All that the drawing depends on, save weights and emphasis. */
function structureOf(model: SpaceModel, geometry: SpaceGeometry): string {
  const { input, classes, originLabels, bestChoice } = model;
  const stages = model.stages.map((stage) => ({
    ...stage,
    candidates: stage.candidates.map((c) => [c.cell, c.rank, c.origin?.kind]),
  }));
  const { width, height } = geometry;
  return JSON.stringify([input, classes, originLabels, bestChoice, stages, width, height]);
}

function drawFlow(
  svg: SVGSVGElement,
  geometry: SpaceGeometry,
  { best }: Emphasis,
  motion: boolean,
): void {
  const flow = layer(svg, 'flow').node();
  if (!flow) return;
  keyed(flow, 'path', 'link', geometry.links, (d) => d.key)
    .attr('fill', 'none')
    .attr('stroke', 'var(--ink-faint)')
    .attr('stroke-opacity', 0.3)
    .attr('stroke-width', Math.min(geometry.band, 10))
    .attr('d', (d) => d.path);
  const marks = keyed(flow, 'path', 'ribbon', geometry.ribbons, (d) => d.key)
    .attr('fill', 'none')
    .attr('data-tile', (d) => d.tile)
    .attr('stroke', (d) => (best.has(d.tile) ? 'var(--accent)' : 'var(--ink-faint)'));
  move(marks, motion, { d: (d) => d.path, 'stroke-width': (d) => d.width });
  // The best path lies on top of its neighbours.
  marks.filter((d) => best.has(d.tile)).raise();
}

function drawBlocks(svg: SVGSVGElement, geometry: SpaceGeometry, motion: boolean): void {
  const parent = layer(svg, 'blocks').node();
  if (!parent) return;
  const outer = (kind: string) => kind === 'input' || kind === 'classifier';
  keyed(parent, 'rect', 'block', geometry.blocks, (d) => d.key)
    .attr('rx', 6)
    .attr('fill', (d) => (outer(d.kind) ? 'var(--ink)' : 'var(--surface-raised)'))
    .attr('stroke', (d) => (outer(d.kind) ? 'var(--ink)' : 'var(--ink-faint)'))
    .call((s) =>
      move(s, motion, {
        x: (d) => d.x,
        y: (d) => d.y,
        width: (d) => d.width,
        height: (d) => d.height,
      }),
    );
  keyed(parent, 'text', 'block-text', geometry.blocks, (d) => d.key)
    .attr('text-anchor', 'middle')
    .attr('dominant-baseline', 'central')
    .attr('font-size', 11.5)
    .attr('font-weight', (d) => (outer(d.kind) ? 600 : 400))
    .attr('fill', (d) => (outer(d.kind) ? 'var(--surface-raised)' : 'var(--ink)'))
    .text((d) => d.text)
    .call((s) => move(s, motion, { x: (d) => d.x + d.width / 2, y: (d) => d.y + d.height / 2 }));
  for (const part of ['title', 'detail'] as const) {
    keyed(parent, 'text', `label-${part}`, geometry.labels, (d) => d.key)
      .attr('x', (d) => d.x)
      .attr('y', (d) => d.y + (part === 'title' ? -4 : 14))
      .attr('font-size', part === 'title' ? 15 : 12)
      .attr('font-weight', part === 'title' ? 600 : 400)
      .attr('fill', part === 'title' ? 'var(--ink)' : 'var(--ink-soft)')
      .text((d) => d[part]);
  }
}

type Tiles = Selection<SVGGElement, TileDatum, SVGElement, unknown>;

function drawTiles(
  svg: SVGSVGElement,
  model: SpaceModel,
  geometry: SpaceGeometry,
  emphasis: Emphasis,
  options: ChartOptions,
  still: boolean,
): void {
  const parent = layer(svg, 'tiles').node();
  if (!parent) return;
  const data = geometry.tiles.flatMap((tile): TileDatum[] => {
    const candidates = model.stages[tile.stage]?.candidates ?? [];
    const item = candidates[tile.candidate];
    return item ? [{ ...tile, item, k: candidates.length, best: emphasis.best.has(tile.key) }] : [];
  });
  const tiles = keyed(parent, 'g', 'tile', data, (d) => d.key).attr('data-tile', (d) => d.key);
  if (!still) move(tiles, options.motion, { transform: (d) => `translate(${d.x},${d.y})` });
  const hover = (key: string | null) => {
    emphasise(svg, emphasis, key);
    options.onHover?.(key);
  };
  interactive(
    tiles,
    { onHover: hover, onSelect: options.onSelect },
    (d) => d.key,
    (d) => describeCandidate(model, d.stage, d.candidate, d.item),
  );
  if (!still) {
    drawTileBody(tiles, geometry, options.motion);
    drawBadges(tiles, model.originLabels);
  }
  drawBars(tiles, geometry, barLimit(model), options.motion);
}

function drawTileBody(tiles: Tiles, geometry: SpaceGeometry, motion: boolean): void {
  const { width, height } = geometry.cellSize;
  tiles.each(function (d) {
    const frameRect = keyed(this, 'rect', 'frame', [d], () => 0)
      .attr('rx', 7)
      .attr('width', d.width)
      .attr('height', d.height)
      .attr('fill', 'var(--surface-raised)');
    frameRect
      .attr('stroke', d.best ? 'var(--accent)' : 'var(--line)')
      .attr('stroke-width', d.best ? 2.5 : 1);
    const drawing = layer(this, 'drawing')
      .attr('transform', `translate(4,${geometry.tileParts.badge})`)
      .node();
    const signature = `${d.item.cell}:${width}:${height}`;
    if (!drawing || drawing.getAttribute('data-cell') === signature) return;
    drawing.setAttribute('data-cell', signature);
    const cell = layoutCell({ cell: d.item.cell, labels: false }, { width, height });
    drawCell(drawing, cell, motion);
  });
}

/** Rank score, or the number of the candidate before it is ranked. */
function tileNote(d: TileDatum): string {
  const { rank } = d.item;
  const narrow = d.width < 66;
  const text = rank === null ? `#${d.candidate + 1}` : score(rank, narrow ? 1 : 2);
  return d.best && d.width >= 80 ? `★ ${text}` : text;
}

function drawBadges(tiles: Tiles, labels: OriginLabels): void {
  tiles.each(function (d) {
    const badge = layer(this, 'badge').attr('transform', 'translate(14,13) scale(0.85)').node();
    if (!badge) return;
    const looks = d.item.origin ? [originLook(d.item.origin.kind, labels)] : [];
    keyed(badge, 'path', 'shape', looks, () => 0)
      .attr('d', (look) => look.shape)
      .attr('fill', (look) => look.colour);
    keyed(badge, 'text', 'letter', looks, () => 0)
      .attr('text-anchor', 'middle')
      .attr('dominant-baseline', 'central')
      .attr('y', (look) => (look.letter === 'I' ? 2 : 0.5))
      .attr('font-size', 10.5)
      .attr('font-weight', 700)
      .attr('fill', 'var(--surface-raised)')
      .text((look) => look.letter);
    keyed(this, 'text', 'rank', [d], () => 0)
      .attr('x', d.width - 7)
      .attr('y', 16.5)
      .attr('text-anchor', 'end')
      .attr('font-size', 11)
      .attr('fill', d.best ? 'var(--accent)' : 'var(--ink-soft)')
      .attr('font-weight', d.best ? 700 : 400)
      .text(tileNote(d));
  });
}

function drawBars(tiles: Tiles, geometry: SpaceGeometry, limit: number, motion: boolean): void {
  const top = geometry.tileParts.badge + geometry.tileParts.cell;
  tiles.each(function (d) {
    const half = d.width / 2 - 8;
    const middle = d.width / 2;
    const span = barSpan(d.item.weight, d.k, limit) * half;
    keyed(this, 'rect', 'track', [d], () => 0)
      .attr('x', 8)
      .attr('y', top + 3)
      .attr('width', 2 * half)
      .attr('height', 7)
      .attr('rx', 2)
      .attr('fill', 'var(--line)')
      .attr('fill-opacity', 0.6);
    const bar = keyed(this, 'rect', 'bar', [d], () => 0)
      .attr('y', top + 3)
      .attr('height', 7)
      .attr('fill', span >= 0 ? ABOVE : BELOW);
    move(bar, motion, {
      x: () => (span >= 0 ? middle : middle + span),
      width: () => Math.abs(span),
    });
    keyed(this, 'line', 'uniform', [d], () => 0)
      .attr('x1', middle)
      .attr('x2', middle)
      .attr('y1', top)
      .attr('y2', top + 13)
      .attr('stroke', 'var(--ink)')
      .attr('stroke-width', 1.5);
    keyed(this, 'text', 'weight', [d], () => 0)
      .attr('x', middle)
      .attr('y', top + 24)
      .attr('text-anchor', 'middle')
      .attr('font-size', 12)
      .attr('font-weight', 600)
      .text(share(d.item.weight));
  });
}

/** Dims what is not under the pointer, in the chosen architecture, or on the best path. */
function emphasise(svg: SVGSVGElement, { best, high }: Emphasis, hovered: string | null): void {
  const chosen = hovered ? new Set([hovered]) : high;
  const focused = chosen.size > 0;
  select(svg)
    .selectAll<SVGPathElement, { tile: string }>('path.ribbon')
    .attr('stroke-opacity', (d) => {
      if (focused) return chosen.has(d.tile) ? 0.85 : 0.14;
      return best.has(d.tile) ? 0.85 : 0.36;
    });
  select(svg)
    .selectAll<SVGGElement, TileDatum>('g.tile')
    .attr('opacity', (d) => (high.size > 0 && !hovered && !high.has(d.key) ? 0.5 : 1))
    .select<SVGRectElement>('rect.frame')
    .attr('stroke', (d) => {
      if (chosen.has(d.key)) return 'var(--ink)';
      return d.best ? 'var(--accent)' : 'var(--line)';
    });
}
