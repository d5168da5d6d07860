/** The list of best architectures as one drawing, for export: its cells, bars and scores, copied. */
import { formatDecimal } from '../../core/format.ts';
import type { RankedArchitecture } from '../../core/method/jobs.ts';
import { standaloneSvg, svgToPng } from '../../viz/shared/export.ts';

const SVG = 'http://www.w3.org/2000/svg';
const ROW = 40;
const BAR = 180;
const GAP = 12;

function make(
  parent: Element,
  tag: string,
  attributes: { readonly [name: string]: string | number },
): Element {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  parent.append(element);
  return element;
}

function text(parent: Element, x: number, y: number, content: string): void {
  const label = make(parent, 'text', { x, y, 'font-size': 12, fill: 'var(--ink)' });
  label.textContent = content;
}

function build(list: Element, best: readonly RankedArchitecture[]): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const rows = [...list.querySelectorAll('li')];
  const scores = best.map((one) => one.score);
  const [high, low] = [Math.max(...scores), Math.min(...scores)];
  let widest = 0;
  rows.forEach((row, place) => {
    const y = place * ROW + GAP;
    text(svg, GAP, y + 20, String(place + 1));
    let x = 40;
    for (const cell of row.querySelectorAll('svg')) {
      const group = make(svg, 'g', { transform: `translate(${x} ${y})` });
      group.append(...[...cell.childNodes].map((node) => node.cloneNode(true)));
      x += cell.clientWidth + GAP;
    }
    const score = best[place]?.score ?? 0;
    const length = BAR * (0.15 + (0.85 * (score - low)) / (high - low || 1));
    make(svg, 'rect', { x, y: y + 11, width: length, height: 10, fill: 'var(--accent)' });
    text(svg, x + BAR + GAP, y + 20, formatDecimal(score, 2));
    widest = Math.max(widest, x + BAR + 60);
  });
  svg.setAttribute('width', String(widest));
  svg.setAttribute('height', String(rows.length * ROW + GAP));
  return svg;
}

/** @throws Error if the list is not on the page. */
export function bestDrawing(list: Element | null, best: readonly RankedArchitecture[]) {
  if (!list) throw new Error('The list of best architectures is not shown.');
  const svg = build(list, best);
  // Computed styles exist only for what is in the document.
  const within = async <T>(work: () => T | Promise<T>): Promise<T> => {
    const host = document.createElement('div');
    host.className = 'visually-hidden';
    host.append(svg);
    document.body.append(host);
    try {
      return await work();
    } finally {
      host.remove();
    }
  };
  return {
    svg: () => within(() => new TextEncoder().encode(standaloneSvg(svg))),
    png: () => within(async () => new Uint8Array(await (await svgToPng(svg, 2)).arrayBuffer())),
  };
}
