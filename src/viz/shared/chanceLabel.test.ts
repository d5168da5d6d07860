import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutLiveCurves } from '../liveCurves/layout.ts';
import { layoutTraining } from '../training/layout.ts';
import { layoutChance } from './chanceLabel.ts';
import type { Point } from './curves.ts';
import { textWidth } from './text.ts';

const area = { left: 50, right: 450, top: 20, bottom: 220 };
const TEXT = 'guessing 10.0 %';

/** What the text of a note takes, without its halo. */
function boxOf({ x, y, anchor }: { x: number; y: number; anchor: string }) {
  const width = textWidth(TEXT, 11);
  const left = anchor === 'end' ? x - width : anchor === 'start' ? x : x - width / 2;
  return { left, right: left + width, top: y - 9, bottom: y + 2 };
}

const across = (y: number, from = area.left, to = area.right): Point[] =>
  Array.from({ length: 41 }, (_, i) => ({ x: from + ((to - from) * i) / 40, y }));

const placeOf = (y: number, curves: readonly (readonly Point[])[]) => {
  const { note } = layoutChance(area, y, 0.1, curves, 'Accuracy (%)');
  return [note.anchor, note.y < y ? 'over' : 'under'];
};

describe('the name of the line of guessing', () => {
  it('stands at the right, over the line, while nothing is drawn', () => {
    expect(placeOf(120, [])).toEqual(['end', 'over']);
    expect(layoutChance(area, 120, 0.1, [], 'Accuracy (%)').note.text).toBe(TEXT);
  });

  it('gives way to curves: under the line, then to the left, then to the middle', () => {
    const over = across(112);
    expect(placeOf(120, [over])).toEqual(['end', 'under']);
    expect(placeOf(120, [across(112, 300), across(130, 300)])).toEqual(['start', 'over']);
    expect(placeOf(120, [across(112, 300), across(130, 300), over])).toEqual(['start', 'under']);
    const sides = [across(112, 300), across(130, 300), across(112, 50, 150), across(130, 50, 150)];
    expect(placeOf(120, sides)).toEqual(['middle', 'over']);
  });

  it('stands after the heading, with a sample of the line, where every place is crossed', () => {
    const curves = [across(112), across(130)];
    const { note, rules } = layoutChance(area, 120, 0.1, curves, 'Accuracy (%)');
    expect(note.y).toBeLessThan(area.top);
    const [line, sample] = rules;
    expect(line).toMatchObject({ x1: area.left, x2: area.right, y1: 120, y2: 120 });
    expect(sample?.x1).toBeGreaterThan(area.left + textWidth('Accuracy (%)', 12));
    expect(sample?.x2).toBeLessThan(note.x);
    const long = layoutChance(area, 120, 0.1, curves, 'Accuracy of a network alone (%)');
    expect(long.note.x).toBeGreaterThan(note.x);
    expect(layoutChance(area, 120, 0.1, [], 'Accuracy (%)').rules).toHaveLength(1);
  });

  it('notices a curve of two distant points, and one of no length not', () => {
    expect(
      placeOf(120, [
        [
          { x: 60, y: 110 },
          { x: 440, y: 110 },
        ],
      ]),
    ).toEqual(['end', 'under']);
    expect(placeOf(120, [[{ x: 420, y: 112 }]])).toEqual(['end', 'over']);
  });

  it('stays inside the plot', () => {
    expect(placeOf(area.bottom, [])).toEqual(['end', 'over']);
    expect(placeOf(area.top, [])).toEqual(['end', 'under']);
    // No room under the line, and a curve over it: after the heading.
    const { note } = layoutChance(area, area.bottom - 5, 0.1, [across(area.bottom - 12)], 'Loss');
    expect(note.y).toBeLessThan(area.top);
  });

  it('lies on no curve where a place is free, whatever runs elsewhere', () => {
    const y = fc.integer({ min: 60, max: 180 });
    const height = fc.double({ min: -60, max: 60, noNaN: true });
    fc.assert(
      fc.property(y, fc.array(height, { minLength: 2, maxLength: 30 }), (line, offsets) => {
        // Curves that keep to one side of the line leave the other free.
        const side = offsets[0] !== undefined && offsets[0] < 0 ? -1 : 1;
        const curve = offsets.map((offset, i) => ({
          x: area.left + (400 * i) / (offsets.length - 1),
          y: line + side * Math.abs(offset),
        }));
        const { note } = layoutChance(area, line, 0.1, [curve], 'Accuracy (%)');
        const box = boxOf(note);
        const on = curve.filter(
          ({ x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom,
        );
        expect(on).toEqual([]);
      }),
    );
  });
});

describe('charts with that line', () => {
  const steps = Array.from({ length: 60 }, (_, i) => i + 1);

  it('a search that learns nothing keeps its curve readable', () => {
    const points = steps.map((step) => ({
      step,
      loss: 2.3,
      accuracy: step < 20 ? 0.2 - step / 200 : 0.105,
      alphaMoves: true,
      training: 0,
    }));
    const generations = [{ index: 0, start: 0, end: 60 }];
    const model = { points, round: 'generation' as const, generations, chance: 0.1 };
    const { chance } = layoutTraining(model, { width: 600, height: 300 });
    expect(chance?.note.y).toBeGreaterThan(chance?.rules[0]?.y1 ?? Number.POSITIVE_INFINITY);
    expect(layoutTraining({ ...model, chance: null }, { width: 600, height: 300 }).chance).toBe(
      null,
    );
  });

  it('the test accuracies of networks alone are no place for it', () => {
    const network = {
      key: 'a',
      name: 'a',
      category: 0,
      points: steps.map((step) => ({ step, loss: 1, accuracy: step / 60 })),
      test: 0.11,
      diverged: false,
    };
    const model = { networks: [network], totalSteps: 60, chance: 0.1, selected: null };
    const size = { width: 600, height: 320 };
    const free = layoutLiveCurves({ ...model, networks: [{ ...network, test: null }] }, size);
    expect(free.chance?.note.anchor).toBe('end');
    // Under the line is no room, and the curve rises at the left.
    expect(layoutLiveCurves(model, size).chance?.note.anchor).toBe('middle');
  });
});
