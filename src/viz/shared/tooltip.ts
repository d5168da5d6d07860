/** A small card beside the mark under the pointer: lines of text, and the cells of an architecture. */
import type { PartId } from '../../core/space/ids.ts';
import { layoutCell } from './cellLayout.ts';
import type { ChartOptions, Size } from './chart.ts';
import { drawCell } from './drawCell.ts';
import { keyed, layer } from './drawing.ts';
import { clamp, px } from './geometry.ts';
import { textWidth } from './text.ts';

export interface TooltipModel {
  /** The mark that it belongs to. */
  readonly key: string;
  readonly x: number;
  readonly y: number;
  /** The first line is bold. */
  readonly lines: readonly string[];
  /** Draws a glyph a stage below the lines. */
  readonly cells?: readonly PartId[] | null | undefined;
}

export interface TooltipGeometry {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly glyphs: readonly { readonly stage: number; readonly x: number; readonly y: number }[];
}

const PADDING = 9;
const LINE = 16;
const FONT = 11.5;
const GLYPH = { width: 54, height: 76 };
/** Distance from the mark. */
const AWAY = 14;

/** Beside the mark where there is room, else above or below it; never outside the drawing. */
export function layoutTooltip(model: TooltipModel, within: Size): TooltipGeometry {
  const cells = model.cells ?? [];
  const text = Math.max(0, ...model.lines.map((line) => textWidth(line, FONT)));
  const fitting = Math.max(1, Math.floor((within.width - 2 * PADDING) / GLYPH.width));
  const columns = Math.min(cells.length, fitting);
  const rows = columns === 0 ? 0 : Math.ceil(cells.length / columns);
  const width = Math.min(within.width, Math.max(text, columns * GLYPH.width) + 2 * PADDING);
  const height = model.lines.length * LINE + rows * (GLYPH.height + 4) + 2 * PADDING - 4;
  const right = model.x + AWAY;
  const left = model.x - AWAY - width;
  const beside = right + width <= within.width || left >= 0;
  const x = right + width <= within.width ? right : beside ? left : model.x - width / 2;
  const above = model.y - AWAY - height;
  const y = beside ? model.y - height / 2 : above >= 0 ? above : model.y + AWAY;
  const glyphs = cells.map((_, stage) => ({
    stage,
    x: px(PADDING + (stage % columns) * GLYPH.width),
    y: px(PADDING + model.lines.length * LINE + Math.floor(stage / columns) * (GLYPH.height + 4)),
  }));
  return {
    x: px(clamp(x, 0, Math.max(0, within.width - width))),
    y: px(clamp(y, 0, Math.max(0, within.height - height))),
    width: px(width),
    height: px(height),
    glyphs,
  };
}

/** The mark whose card is shown. A redraw under the pointer shows it again. */
function tooltipKey(svg: SVGSVGElement): string | null {
  return svg.querySelector(':scope > g.tooltip')?.getAttribute('data-for') ?? null;
}

/** Shows the card, or takes it away for null. It lies on top and lets the pointer through. */
function drawTooltip(svg: SVGSVGElement, model: TooltipModel | null, within: Size): void {
  const parent = layer(svg, 'tooltip').attr('aria-hidden', 'true').attr('pointer-events', 'none');
  const group = parent.raise().node();
  if (!group) return;
  parent.attr('data-for', model?.key ?? null);
  if (!model) {
    group.replaceChildren();
    return;
  }
  const { x, y, width, height, glyphs } = layoutTooltip(model, within);
  parent.attr('transform', `translate(${x},${y})`);
  keyed(group, 'rect', 'card', [0], () => 0)
    .attr('width', width)
    .attr('height', height)
    .attr('rx', 6)
    .attr('fill', 'var(--surface-raised)')
    .attr('stroke', 'var(--line-strong)');
  keyed(group, 'text', 'line', model.lines, (_d, i) => i)
    .attr('x', PADDING)
    .attr('y', (_d, i) => PADDING + 5 + i * LINE)
    .attr('dominant-baseline', 'central')
    .attr('font-size', FONT)
    .attr('font-weight', (_d, i) => (i === 0 ? 600 : 400))
    .attr('fill', (_d, i) => (i === 0 ? 'var(--ink)' : 'var(--ink-soft)'))
    .text((d) => d);
  const { cells } = model;
  keyed(group, 'g', 'glyph', glyphs, (d) => d.stage)
    .attr('transform', (d) => `translate(${d.x},${d.y})`)
    .each(function (d) {
      const cell = cells?.[d.stage];
      if (cell !== undefined) drawCell(this, layoutCell({ cell, labels: false }, GLYPH), false);
    });
}

interface Placed {
  readonly key: string;
  readonly x: number;
  readonly y: number;
}

/**
 * Gives the function that shows the card of a mark by its key (none for null) and then tells `onHover`;
 * shows again what a redraw found open.
 */
export function cardsOf<Mark extends Placed>(
  svg: SVGSVGElement,
  marks: readonly Mark[],
  content: (mark: Mark) => Pick<TooltipModel, 'lines' | 'cells'>,
  within: Size,
  onHover: ChartOptions['onHover'],
): (key: string | null) => void {
  const show = (key: string | null) => {
    const mark = marks.find((one) => one.key === key);
    drawTooltip(
      svg,
      mark ? { key: mark.key, x: mark.x, y: mark.y, ...content(mark) } : null,
      within,
    );
  };
  // Only an open card: its layer is made on the first hover, and so lies above all others.
  const open = tooltipKey(svg);
  if (open !== null) show(open);
  return (key) => {
    show(key);
    onHover?.(key);
  };
}
