/** Landscapes with a known best cell: does an outer search find its way there? */
import { describe, expect, it } from 'vitest';
import { bitCount, edgeCount } from '../cell.ts';
import { readCell } from '../cellId.ts';
import { canonicalMask, sampleDensity } from '../cellSpace.ts';
import { createRandom } from '../random.ts';
import { pseudoGradientMethod } from './pseudoGradient.ts';
import { randomMethod } from './random.ts';
import { contextOf, play } from './testing.ts';
import type { RegisteredMethod } from './types.ts';

describe('hidden target', () => {
  const here = { vertices: 6, candidates: [8, 8] };
  const edges = edgeCount(here.vertices);

  /** Mean share of edges that the last batch's top cell of each stage has in common with a target. */
  function quality(method: RegisteredMethod, seed: number): number {
    const draw = createRandom(seed, 'target');
    const targets = [0, 1].map(() => canonicalMask(6, sampleDensity(6, draw).mask));
    const likeness = (cell: string, s: number) =>
      1 - bitCount(readCell(cell).mask ^ targets[s]!) / edges;
    const steps = play(method, contextOf(method, here), seed, 15, (region, g) => {
      const jitter = createRandom(seed, 'jitter', g);
      // Relative ranks: standardised within the region, with noise of a third of their spread.
      return region.map((cells, s) => {
        const values = cells.map((cell) => likeness(cell, s));
        const centre = values.reduce((a, b) => a + b, 0) / values.length;
        const spread = Math.sqrt(
          values.reduce((sum, v) => sum + (v - centre) ** 2, 0) / values.length,
        );
        return values.map((v) => (v - centre) / (spread || 1) + jitter.normal() / 3);
      });
    });
    const last = steps[steps.length - 1]!;
    const tops = last.job.region.map((cells, s) =>
      likeness(cells[last.ranks[s]!.indexOf(Math.max(...last.ranks[s]!))]!, s),
    );
    return tops.reduce((a, b) => a + b, 0) / tops.length;
  }

  it('is approached by the pseudo-gradient, not by random search', () => {
    const seeds = Array.from({ length: 40 }, (_, i) => i);
    const gaps = seeds.map(
      (seed) => quality(pseudoGradientMethod, seed) - quality(randomMethod, seed),
    );
    const average = gaps.reduce((a, b) => a + b, 0) / gaps.length;
    const error = Math.sqrt(
      gaps.reduce((sum, gap) => sum + (gap - average) ** 2, 0) / gaps.length / gaps.length,
    );
    expect(average).toBeGreaterThan(0.05);
    expect(average / error).toBeGreaterThan(4);
  });
});
