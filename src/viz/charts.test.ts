// @vitest-environment happy-dom
/** Every chart with every fixture, drawn without a browser at the width of a telephone and of a desk. */
import { describe, expect, it } from 'vitest';
import { charts, type Specimen } from './charts.ts';
import { boxOf } from './shared/markup.testing.ts';

const TELEPHONE = 358;
const DESK = 900;
/** Text is measured by estimate, and strokes have a width. */
const SLACK = 3;

const empty = () => document.createElementNS('http://www.w3.org/2000/svg', 'svg');

function drawn({ draw }: Specimen, width: number, svg = empty()): SVGSVGElement {
  document.body.replaceChildren(svg);
  draw(svg, { width, motion: false, onSelect: () => undefined });
  return svg;
}

/** All marks with their attributes in alphabetical order, save which one has the focus of the Tab key. */
function marksOf(svg: SVGSVGElement): string[] {
  return [...svg.querySelectorAll('*')]
    .filter(({ tagName, children }) => tagName !== 'g' && children.length === 0)
    .map((mark) => {
      const own = [...mark.attributes].filter(({ name }) => name !== 'tabindex');
      const attributes = own.map(({ name, value }) => `${name}=${value}`).sort();
      const place = mark.parentElement?.getAttribute('transform') ?? '';
      return `${place} ${mark.tagName} ${attributes.join(' ')} ${mark.textContent}`;
    })
    .sort();
}

const tagOf = (element: Element) =>
  `${element.tagName}.${element.getAttribute('class')} ${element.textContent}`.slice(0, 80);

function brokenMarks(svg: SVGSVGElement): string[] {
  const wrong = /NaN|undefined|Infinity|\[object/;
  return [svg, ...svg.querySelectorAll('*')].flatMap((element) => {
    const bad = [...element.attributes].filter(({ value }) => wrong.test(value));
    const text = element.children.length === 0 && wrong.test(element.textContent ?? '');
    return bad.length > 0 || text
      ? [`${tagOf(element)} ${bad.map(({ name, value }) => `${name}=${value}`).join(' ')}`]
      : [];
  });
}

function marksOutside(svg: SVGSVGElement): string[] {
  const [, , width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
  return [...svg.querySelectorAll('*')].flatMap((element) => {
    const box = boxOf(element);
    const inside =
      !box ||
      (box.left >= -SLACK &&
        box.top >= -SLACK &&
        box.right <= width + SLACK &&
        box.bottom <= height + SLACK);
    return inside ? [] : [`${tagOf(element)}: ${JSON.stringify(box)} of ${width}×${height}`];
  });
}

it('lists every chart once, by the name of its folder', () => {
  const folders = Object.keys(import.meta.glob('./*/index.ts')).map((path) => path.split('/')[1]);
  expect(charts.map(({ id }) => id).sort()).toEqual(folders.sort());
});

for (const chart of charts) {
  describe(chart.title, async () => {
    const specimens = await chart.specimens();

    it('has fixtures of different names', () => {
      expect(specimens.length).toBeGreaterThanOrEqual(5);
      expect(new Set(specimens.map(({ name }) => name)).size).toBe(specimens.length);
    });

    // One svg for all fixtures, as on a screen whose model changes.
    const reused = empty();

    for (const specimen of specimens) {
      it(`draws “${specimen.name}”`, () => {
        for (const width of [TELEPHONE, DESK]) {
          const svg = drawn(specimen, width);
          expect(svg.getAttribute('aria-label')).toBe(specimen.description);
          expect(['img', 'group']).toContain(svg.getAttribute('role'));
          expect(Number(svg.getAttribute('width'))).toBe(width);
          expect(brokenMarks(svg)).toEqual([]);
          expect(marksOutside(svg)).toEqual([]);
          if (width === DESK) expect(marksOf(drawn(specimen, width, reused))).toEqual(marksOf(svg));
          else {
            const once = svg.outerHTML;
            expect(drawn(specimen, width, svg).outerHTML).toBe(once);
          }
        }
      });

      it(`says and lists “${specimen.name}”`, () => {
        expect(specimen.description).toMatch(/\S.{10,}\.$/);
        expect(specimen.description).not.toMatch(/NaN|undefined|Infinity/);
        const { columns, rows } = specimen.table;
        expect(new Set(columns).size).toBe(columns.length);
        for (const row of rows) {
          expect(row).toHaveLength(columns.length);
          expect(row).not.toContain(undefined);
        }
      });
    }
  });
}
