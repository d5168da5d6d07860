import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Mixture, type MixtureNode, mixtureTree } from './mixtureTree.ts';

/** Every way down: the rows on it, and the mixtures at its end. */
function leaves(node: MixtureNode, rows: readonly (readonly number[])[] = []): [Mixture, number][] {
  const own = node.row.length > 0 ? [...rows, node.row] : rows;
  return [
    ...node.mixtures.map((m): [Mixture, number] => [own, m]),
    ...node.children.flatMap((child) => leaves(child, own)),
  ];
}

const nodes = (node: MixtureNode): number =>
  1 + node.children.reduce((sum, child) => sum + nodes(child), 0);

const row = fc.constantFrom([1, 0, 0], [0, 1, 0], [0.5, 0, 0.5], [0.2, 0.3, 0.5]);
const mixtures = fc.array(fc.tuple(row, row, row), { minLength: 1, maxLength: 12 });

test('every mixture is found once, on a way of its own rows', () => {
  fc.assert(
    fc.property(mixtures, (given) => {
      const found = leaves(mixtureTree(given)).sort(([, a], [, b]) => a - b);
      expect(found).toEqual(given.map((mixture, m) => [mixture, m]));
    }),
  );
});

test('what mixtures share runs once, and only what some of them need', () => {
  const shared = [
    [1, 0, 0],
    [0, 0, 1],
  ];
  const tree = mixtureTree([
    [...shared, [1, 0, 0]],
    [...shared, [0, 0.5, 0.5]],
    [...shared, [1, 0, 0]],
  ]);
  expect(nodes(tree)).toBe(5);
  expect(tree.needed).toEqual([true, false, false]);
  const last = tree.children[0]?.children[0];
  expect(last?.needed).toEqual([true, true, true]);
  expect(last?.children.map((leaf) => leaf.mixtures)).toEqual([[0, 2], [1]]);
});
