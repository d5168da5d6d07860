/** Charts as files: SVG that stands alone, PNG drawn from it, CSV of the table. */

const PROPERTIES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
  'dominant-baseline',
  'paint-order',
  'visibility',
  'color',
] as const;

const INTERACTION = ['tabindex', 'cursor', 'aria-label', 'role', 'class'] as const;

/** The svg as text with computed styles inlined, so that it looks the same without the page. */
export function standaloneSvg(svg: SVGSVGElement): string {
  const copy = document.importNode(svg, true);
  const from = [...svg.querySelectorAll('*')];
  const to = [...copy.querySelectorAll('*')];
  to.forEach((element, index) => {
    const original = from[index];
    if (!original) return;
    const style = getComputedStyle(original);
    for (const name of PROPERTIES) {
      const value = style.getPropertyValue(name);
      if (value) element.setAttribute(name, value);
    }
    for (const name of INTERACTION) element.removeAttribute(name);
  });
  const style = getComputedStyle(svg);
  for (const name of PROPERTIES) copy.setAttribute(name, style.getPropertyValue(name));
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  for (const name of ['class', 'tabindex', 'style', 'cursor']) copy.removeAttribute(name);
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.setAttribute('fill', paperColour(style));
  copy.prepend(paper);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}`;
}

function paperColour(style: CSSStyleDeclaration): string {
  const raised = style.getPropertyValue('--surface-raised').trim();
  return raised || 'white';
}

/** Draws the svg on a canvas at `scale` and encodes it. Rejects if the browser cannot. */
export async function svgToPng(svg: SVGSVGElement, scale: number): Promise<Blob> {
  const width = svg.width.baseVal.value;
  const height = svg.height.baseVal.value;
  const image = new Image(width, height);
  // A data address, not a blob: the content security policy allows it for images everywhere.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standaloneSvg(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser offers no 2D canvas to draw the PNG on.');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('The browser could not encode the PNG.'));
    }, 'image/png');
  });
}
