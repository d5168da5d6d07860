/**
 * One stage at a time: a score that adds up over stages may owe its correlation to one of them. The
 * other stages are marginalised by a least-squares fit value ≈ c + Σ_s effect_{s, choice_s}, which
 * over a whole region is the plain mean of each candidate and in a sample does not mix up a
 * candidate with the company it was drawn in.
 */
import { sampledPathsFit } from '../ranks.ts';
import { kendallTauB, mean, spearman } from '../stats/index.ts';
import type { StageCorrelation, StageEffects } from './analysisTypes.ts';

/** The fit's ridge leaves differences of about 1e-9 between equal candidates. */
const STEP = 1e-7;

/**
 * Mean of the values by candidate, adjusted for the other stages. `[stage][candidate]`.
 * @param choices `choices[n][stage]`.
 * @param values Of the same architectures; null takes no part.
 */
export function stageEffects(
  choices: readonly (readonly number[])[],
  values: readonly (number | null)[],
): StageEffects[] {
  const known = values.flatMap((value, n) =>
    value === null ? [] : [{ value, choice: choices[n]! }],
  );
  const first = choices[0];
  if (!first || known.length === 0) return [];
  const sizes = first.map((_, s) => 1 + Math.max(...choices.map((choice) => choice[s]!)));
  const all = known.map(({ value }) => value);
  const centre = mean(all);
  const reach = all.reduce((most, value) => Math.max(most, Math.abs(value - centre)), 0);
  const step = reach > 0 ? STEP * reach : 1;
  const fit = sampledPathsFit(
    known.map(({ choice }) => choice),
    // Losses to the fit, which gives what lowers them.
    all.map((value) => -value),
    sizes,
  );
  return first.map((_, s) => {
    const sampled = new Set(known.map(({ choice }) => choice[s]));
    return fit[s]!.map((effect, i) =>
      sampled.has(i) ? centre + Math.round(effect / step) * step : null,
    );
  });
}

/** Agreement of scores and truth on the candidates of each stage. */
export function stageCorrelations(
  truth: readonly StageEffects[],
  scores: readonly StageEffects[],
): StageCorrelation[] {
  return scores.map((stage, s) => {
    const both = stage.flatMap((score, i) => {
      const value = truth[s]?.[i] ?? null;
      return score === null || value === null ? [] : [{ score, value }];
    });
    const x = both.map(({ score }) => score);
    const y = both.map(({ value }) => value);
    return {
      spearman: spearman(x, y),
      tauB: kendallTauB(x, y),
      truth: truth[s] ?? [],
      scores: stage,
    };
  });
}
