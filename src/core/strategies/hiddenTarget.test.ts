/** Landscapes with a known best cell: does an outer search find its way there? */
import { describe, expect, it } from 'vitest';
import { bitCount, edgeCount } from '../cell.ts';
import { canonicalMask, sampleDensity } from '../cellSpace.ts';
import { createRandom } from '../random.ts';
import { play } from './play.fixture.ts';
import { pseudoGradientStrategy } from './pseudoGradient.ts';
import { randomStrategy } from './random.ts';
import type { SpaceDescription, Strategy, StrategyOptions } from './types.ts';

describe('hidden target', () => {
  const here: SpaceDescription = { vertices: 6, stages: 2, candidates: 8 };
  const edges = edgeCount(here.vertices);

  /** Mean share of edges that the last batch's top cell of each stage has in common with a target. */
  function quality(strategy: Strategy, options: StrategyOptions, seed: number): number {
    const draw = createRandom(seed, 'target');
    const targets = [0, 1].map(() => canonicalMask(6, sampleDensity(6, draw).mask));
    const likeness = (mask: number, s: number) => 1 - bitCount(mask ^ targets[s]!) / edges;
    const steps = play(strategy, here, options, seed, 15, (region, g) => {
      const jitter = createRandom(seed, 'jitter', g);
      // Relative ranks: standardised within the region, with noise of a third of their spread.
      return region.stages.map((masks, s) => {
        const values = masks.map((mask) => likeness(mask, s));
        const centre = values.reduce((a, b) => a + b, 0) / values.length;
        const spread = Math.sqrt(
          values.reduce((sum, v) => sum + (v - centre) ** 2, 0) / values.length,
        );
        return values.map((v) => (v - centre) / (spread || 1) + jitter.normal() / 3);
      });
    });
    const last = steps[steps.length - 1]!;
    const tops = last.proposal.region.stages.map((masks, s) =>
      likeness(masks[last.ranks[s]!.indexOf(Math.max(...last.ranks[s]!))]!, s),
    );
    return tops.reduce((a, b) => a + b, 0) / tops.length;
  }

  it('is approached by the pseudo-gradient, not by random search', () => {
    const seeds = Array.from({ length: 40 }, (_, i) => i);
    const gaps = seeds.map(
      (seed) => quality(pseudoGradientStrategy, {}, seed) - quality(randomStrategy, {}, seed),
    );
    const average = gaps.reduce((a, b) => a + b, 0) / gaps.length;
    const error = Math.sqrt(
      gaps.reduce((sum, gap) => sum + (gap - average) ** 2, 0) / gaps.length / gaps.length,
    );
    expect(average).toBeGreaterThan(0.05);
    expect(average / error).toBeGreaterThan(4);
  });
});
