import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureArchitecture } from '../shared/fixtureCells.ts';
import { times } from '../shared/fixtureSeries.ts';
import { pathPoints } from '../shared/markup.testing.ts';
import { textWidth } from '../shared/text.ts';
import { bestSoFar, descents, familyOf } from './history.ts';
import { layoutEvaluations } from './layout.ts';
import { DIVERGED, lookAt, lookOf, originsOf } from './looks.ts';
import type { EvaluationMark, EvaluationsModel } from './model.ts';
import { describeEvaluations, evaluationLines, tableEvaluations } from './text.ts';

const IDS = times(12, (i) => fixtureArchitecture(6, 2, `test ${i}`));
const [a = IDS[0], b, c] = IDS;
if (!a || !b || !c) throw new Error('There are too few ids.');

const evaluation = (
  id: EvaluationMark['id'],
  accuracy: number | null,
  parents: readonly string[] = [],
): EvaluationMark => ({
  id,
  round: 0,
  accuracy,
  origin: parents.length > 0 ? 'mutated' : 'drawn',
  parents,
});

const modelOf = (
  evaluations: readonly EvaluationMark[],
  more: Partial<EvaluationsModel> = {},
): EvaluationsModel => ({
  evaluations,
  origins: [
    { kind: 'drawn', label: 'drawn at random' },
    { kind: 'mutated', label: 'child of the best' },
  ],
  chance: null,
  limit: null,
  selected: null,
  ...more,
});

const SIZE = { width: 600, height: 300 };
const drawn = (count: number, accuracy: number | null) =>
  times(count, () => evaluation(a, accuracy));

/** Ids repeat, and parents may be unknown, later, or the evaluation itself. */
const anyModel = fc
  .record({
    evaluations: fc.array(
      fc.record({
        id: fc.constantFrom(...IDS),
        round: fc.nat(9),
        accuracy: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
        origin: fc.constantFrom('drawn', 'mutated', 'unlisted'),
        parents: fc.array(fc.constantFrom(...IDS), { maxLength: 3 }),
      }),
      { maxLength: 40 },
    ),
    limit: fc.option(fc.nat(200), { nil: null }),
    chance: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
    selected: fc.option(fc.nat(50), { nil: null }),
  })
  .map(({ evaluations, ...more }) => modelOf(evaluations, more));

describe('layout of the evaluations', () => {
  it('keeps every mark inside the plot, each further right than the one before', () => {
    fc.assert(
      fc.property(anyModel, fc.integer({ min: 300, max: 1400 }), (model, width) => {
        const { marks, area, incumbent } = layoutEvaluations(model, { width, height: 300 });
        expect(marks.map(({ key }) => key)).toEqual(model.evaluations.map((_, i) => String(i)));
        for (const { x, y } of [...marks, ...incumbent]) {
          expect(x).toBeGreaterThanOrEqual(area.left - 0.1);
          expect(x).toBeLessThanOrEqual(area.right + 0.1);
          expect(y).toBeGreaterThanOrEqual(area.top - 0.1);
          expect(y).toBeLessThanOrEqual(area.bottom + 0.1);
        }
        marks.slice(1).forEach(({ x }, i) => {
          expect(x).toBeGreaterThan(marks[i]?.x ?? x);
        });
      }),
    );
  });

  it('draws the best so far as steps that never fall, over every mark up to there', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const { marks, incumbent } = layoutEvaluations(model, SIZE);
        incumbent.slice(1).forEach((corner, i) => {
          const before = incumbent[i] ?? corner;
          expect(corner.x).toBeGreaterThanOrEqual(before.x);
          expect(corner.y).toBeLessThanOrEqual(before.y);
          expect(corner.x === before.x || corner.y === before.y).toBe(true);
        });
        for (const { x, y, item } of marks) {
          if (item.accuracy === null) continue;
          const reached = incumbent.filter((corner) => corner.x <= x);
          expect(reached.length).toBeGreaterThan(0);
          expect(Math.min(...reached.map((corner) => corner.y))).toBeLessThanOrEqual(y);
        }
      }),
    );
  });

  it('steps up at a better one alone, and goes on beyond the last', () => {
    const model = modelOf([0.3, 0.2, 0.5, 0.5].map((accuracy) => evaluation(a, accuracy)));
    const { marks, incumbent, area } = layoutEvaluations(model, SIZE);
    const [first, , third, last] = marks;
    expect(incumbent.slice(0, 3)).toEqual([
      { x: first?.x, y: first?.y },
      { x: third?.x, y: first?.y },
      { x: third?.x, y: third?.y },
    ]);
    expect(incumbent).toHaveLength(4);
    expect(incumbent[3]?.x).toBeGreaterThan(last?.x ?? area.right);
    expect(bestSoFar(model.evaluations)).toEqual([0.3, 0.3, 0.5, 0.5]);
  });

  it('joins a child to the latest evaluation of each parent before it', () => {
    const evaluations = [
      evaluation(a, 0.3),
      evaluation(a, 0.4),
      evaluation(b, 0.5, [a, a]),
      evaluation(a, 0.3, [a]),
      evaluation(c, 0.2, [b, a, 'unknown']),
    ];
    const { lineages, marks } = layoutEvaluations(modelOf(evaluations), SIZE);
    const pairs = lineages.map(({ child, parent }) => [child, parent]);
    expect(pairs).toEqual([
      [2, 1],
      [3, 1],
      [4, 2],
      [4, 3],
    ]);
    for (const { child, parent, path } of lineages) {
      const ends = pathPoints(path);
      expect(ends[0]).toEqual({ x: marks[parent]?.x, y: marks[parent]?.y });
      expect(ends.at(-1)?.x).toBeCloseTo(marks[child]?.x ?? -1, 6);
      expect(ends.at(-1)?.y).toBeCloseTo(marks[child]?.y ?? -1, 6);
    }
  });

  it('finds a parent that comes before its child, whatever the ids', () => {
    fc.assert(
      fc.property(anyModel, ({ evaluations }) => {
        for (const { child, parent } of descents(evaluations)) {
          const id = evaluations[parent]?.id ?? '';
          expect(parent).toBeLessThan(child);
          expect(evaluations[child]?.parents).toContain(id);
          expect(evaluations.slice(parent + 1, child).map((one) => one.id)).not.toContain(id);
        }
      }),
    );
  });

  it('emphasises the chosen one with all its ancestors, and the lines between them', () => {
    const evaluations = [
      evaluation(a, 0.3),
      evaluation(b, 0.4, [a]),
      evaluation(c, 0.1, [a]),
      evaluation(c, 0.5, [b]),
    ];
    const { marks, lineages } = layoutEvaluations(modelOf(evaluations, { selected: 3 }), SIZE);
    expect(marks.filter(({ family }) => family).map(({ index }) => index)).toEqual([0, 1, 3]);
    const bold = lineages.filter(({ family }) => family);
    expect(bold.map(({ key }) => key)).toEqual(['0>1', '1>3']);
    expect(familyOf(9, evaluations).size).toBe(0);
    expect(familyOf(null, evaluations).size).toBe(0);
  });

  it('draws one evaluation with a short step, and none with nothing', () => {
    const one = layoutEvaluations(modelOf(drawn(1, 0.4), { limit: 40 }), SIZE);
    expect(one.marks).toHaveLength(1);
    expect(one.incumbent).toHaveLength(2);
    const none = layoutEvaluations(modelOf([], { limit: 40 }), SIZE);
    expect([none.marks, none.incumbent, none.lineages]).toEqual([[], [], []]);
    expect(none.floor).toBeNull();
    expect(none.x.domain()).toEqual([0.5, 40.5]);
  });

  it('has whole numbers on its axis and room for more than its limit', () => {
    for (const width of [320, 600, 1400]) {
      const few = layoutEvaluations(modelOf(drawn(2, 0.4)), { width, height: 300 });
      const ticks = few.x.ticks(Math.floor((few.area.right - few.area.left) / 80));
      expect(ticks.every(Number.isInteger)).toBe(true);
    }
    const { x } = layoutEvaluations(modelOf(drawn(30, 0.4), { limit: 20 }), SIZE);
    expect(x.domain()).toEqual([0.5, 30.5]);
  });

  it('makes marks smaller and lines thinner where there are five hundred', () => {
    const child = (i: number) => evaluation(IDS[i % 12] ?? a, 0.3 + i / 2000, [IDS[0] ?? a]);
    const few = layoutEvaluations(modelOf(times(20, child)), SIZE);
    const many = layoutEvaluations(modelOf(times(500, child)), SIZE);
    expect(many.marks).toHaveLength(500);
    expect(many.scale).toBeLessThan(few.scale);
    expect(many.reach).toBeLessThan(few.reach);
    expect(many.thread.width).toBeLessThan(few.thread.width);
    expect(many.thread.opacity).toBeLessThan(few.thread.opacity);
  });

  it('lays equal accuracies on one height, under a level line', () => {
    const { marks, incumbent, floor } = layoutEvaluations(modelOf(drawn(8, 0.1)), SIZE);
    expect(new Set(marks.map(({ y }) => y)).size).toBe(1);
    expect(new Set(incumbent.map(({ y }) => y))).toEqual(new Set(marks.map(({ y }) => y)));
    expect(floor).toBeNull();
  });

  it('lays what diverged on a floor below all others, alone where all did', () => {
    const some = layoutEvaluations(modelOf([...drawn(1, 0), ...drawn(1, null)]), SIZE);
    const [known, lost] = some.marks;
    expect(known?.y).toBeLessThan(some.floor ?? 0);
    expect(lost?.y).toBeGreaterThan(some.floor ?? SIZE.height);
    const all = layoutEvaluations(modelOf(drawn(6, null)), SIZE);
    for (const { y } of all.marks) expect(y).toBeGreaterThan(all.floor ?? SIZE.height);
    expect(all.incumbent).toEqual([]);
  });

  it('shows the line of guessing only where it lies in view', () => {
    const evaluations = [evaluation(a, 0.05), evaluation(b, 0.4)];
    const chanceAt = (chance: number | null) =>
      layoutEvaluations(modelOf(evaluations, { chance }), SIZE).chance;
    expect(chanceAt(0.1)?.note.text).toContain('10.0 %');
    expect(chanceAt(0.01)).toBeNull();
    expect(chanceAt(0.9)).toBeNull();
    expect(chanceAt(null)).toBeNull();
  });
});

describe('the name of the line of guessing', () => {
  it('stays inside the drawing of a telephone, even where it stands beside the heading', () => {
    const level = modelOf(drawn(40, 0.1), { chance: 0.1 });
    for (const width of [320, 400, 900]) {
      const { chance, area } = layoutEvaluations(level, { width, height: 300 });
      expect(chance?.note.y).toBeLessThan(area.top);
      const end = (chance?.note.x ?? width) + textWidth(chance?.note.text ?? '', 11);
      expect(end).toBeLessThanOrEqual(width);
    }
  });
});

describe('looks of the origins', () => {
  it('differ in shape and in hue, and come again in no pair', () => {
    const looks = times(40, lookAt);
    const pairs = looks.map(({ shape, colour }) => `${shape} ${colour}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    const first = looks.slice(0, 7);
    expect(new Set(first.map(({ shape }) => shape)).size).toBe(7);
    expect(new Set(first.map(({ colour }) => colour)).size).toBe(7);
  });

  it('cover origins that are not listed, and show a cross for what diverged', () => {
    const odd = { ...evaluation(a, 0.3), origin: 'odd' };
    const origins = originsOf(modelOf([odd, evaluation(b, 0.2)]));
    expect(origins.map(({ kind }) => kind)).toEqual(['drawn', 'mutated', 'odd']);
    expect(lookOf(origins, odd)).toEqual(lookAt(2));
    expect(lookOf(origins, { ...odd, accuracy: null })).toEqual(DIVERGED);
  });
});

describe('the evaluations in words', () => {
  const model = modelOf(
    [evaluation(a, null), evaluation(b, 0.4), { ...evaluation(c, 0.3, [b]), round: 1 }],
    { limit: 9, selected: 2 },
  );

  it('say how many, the best, what diverged, the origins and the chosen one', () => {
    expect(describeEvaluations(model)).toBe(
      `Validation accuracy of 3 architectures of at most 9, trained one after another in 2 rounds: best 40.0 %, by ${b} at evaluation 2. 1 diverged. Origins: 2 drawn at random, 1 child of the best. Chosen: ${c}, 30.0 %.`,
    );
    expect(describeEvaluations(modelOf(drawn(2, null)))).toContain('every training diverged');
    expect(describeEvaluations(modelOf([]))).toContain('none yet');
  });

  it('tell of one evaluation its id, accuracy, round and origin', () => {
    const lines = model.evaluations.map((item, i) => evaluationLines(model, item, i));
    expect(lines[0]?.[1]).toBe('training diverged');
    expect(lines[2]).toEqual([c, 'accuracy 30.0 %', 'evaluation 3, round 2', 'child of the best']);
  });

  it('list every evaluation with the best so far', () => {
    expect(tableEvaluations(model).rows).toEqual([
      [1, 1, a, 'drawn at random', 'diverged', ''],
      [2, 1, b, 'drawn at random', 0.4, 0.4],
      [3, 2, c, 'child of the best', 0.3, 0.4],
    ]);
  });
});
