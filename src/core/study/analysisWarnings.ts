/** What limits the conclusions of a study, each as a record and one plain sentence. */
import { formatPercent, formatPoints } from '../format.ts';
import { kendallPairs } from '../stats/index.ts';
import type { AnalysisWarning, RankerAnalysis, TruthAnalysis } from './analysisTypes.ts';

/** Below this many architectures an interval is too wide for a headline. */
const ENOUGH_ARCHITECTURES = 30;

/** Share of tied pairs from which a ranker is named. */
const MANY_TIES = 0.1;

const points = (share: number) => `${formatPoints(share, 2)} points`;
const several = (count: number, one: string, more: string) =>
  count === 1 ? `One ${one}` : `${count} ${more}`;

function sizeWarnings({ n, status, architectures }: TruthAnalysis): AnalysisWarning[] {
  const unmeasured = architectures.filter((_, i) => status[i] === 'unmeasured');
  const warnings: AnalysisWarning[] = [];
  if (n < ENOUGH_ARCHITECTURES) {
    warnings.push({
      kind: 'few-architectures',
      n,
      message: `Only ${n} architectures are measured. Below ${ENOUGH_ARCHITECTURES} the intervals are wide: read a difference inside them as noise.`,
    });
  }
  if (unmeasured.length > 0) {
    warnings.push({
      kind: 'unmeasured',
      architectures: unmeasured,
      message: `${several(unmeasured.length, 'architecture has', 'architectures have')} no training yet and no part in these figures.`,
    });
  }
  return warnings;
}

function failureWarnings({ failed, failures, atChance }: TruthAnalysis): AnalysisWarning[] {
  const warnings: AnalysisWarning[] = [];
  if (failed.length > 0) {
    const reason = failures.find(({ architecture }) => failed.includes(architecture))?.reason;
    warnings.push({
      kind: 'diverged',
      architectures: failed,
      message: `${several(failed.length, 'architecture', 'architectures')} diverged in training, and count as ranked below all others.${reason ? ` First reason: ${reason}` : ''}`,
    });
  }
  if (atChance.length > 0) {
    warnings.push({
      kind: 'at-chance',
      architectures: atChance,
      message: `${several(atChance.length, 'architecture is', 'architectures are')} no better than guessing. Such pairs are easy to order and raise every correlation; see the figures without them.`,
    });
  }
  return warnings;
}

function noiseWarnings(truth: TruthAnalysis): AnalysisWarning[] {
  const { seedStd, architectureStd } = truth;
  if (seedStd === null) {
    return [
      {
        kind: 'one-seed',
        message:
          'Every architecture was trained with one seed, so the noise of the truth and the ceiling of ρ are unknown. Train with more seeds.',
      },
    ];
  }
  if (architectureStd === null || seedStd === 0 || seedStd < architectureStd) return [];
  return [
    {
      kind: 'noise-above-spread',
      seedStd,
      architectureStd,
      message: `Accuracies differ as much between seeds (${points(seedStd)}) as between architectures (${points(architectureStd)}): this truth can hardly rank them. Train longer, or with more seeds.`,
    },
  ];
}

function tieWarnings(truth: TruthAnalysis): AnalysisWarning[] {
  const known = truth.mean.filter((value) => value !== null);
  const index = known.map((_, i) => i);
  const { tiedY } = kendallPairs(index, known);
  const of = (known.length * (known.length - 1)) / 2;
  if (tiedY === 0) return [];
  if (tiedY === of && truth.failed.length === 0) {
    const accuracy = known[0] ?? null;
    return [
      {
        kind: 'all-equal',
        accuracy,
        message: `All architectures have the same accuracy${accuracy === null ? '' : ` of ${formatPercent(accuracy, 2)}`}, so there is no order to predict and no correlation. Train longer, or choose a region with more different cells.`,
      },
    ];
  }
  return [
    {
      kind: 'ties-in-truth',
      pairs: tiedY,
      of,
      message: `${several(tiedY, 'pair', 'pairs')} of ${of} have equal accuracy, and no ranker can be right or wrong about them.`,
    },
  ];
}

function rankerWarnings(rankers: readonly RankerAnalysis[]): AnalysisWarning[] {
  const named = (list: readonly RankerAnalysis[]) => list.map(({ name }) => name).join(', ');
  const tied = rankers.filter((ranker) => ranker.n >= 2 && ranker.tied > MANY_TIES);
  const unscored = rankers.filter((ranker) => ranker.unscored > 0);
  const warnings: AnalysisWarning[] = [];
  if (tied.length > 0) {
    warnings.push({
      kind: 'ties-in-scores',
      rankers: tied.map(({ id }) => id),
      message: `More than a tenth of the pairs are tied by ${named(tied)}. Ties count by mid-ranks and, in a top k, by expectation.`,
    });
  }
  if (unscored.length > 0) {
    warnings.push({
      kind: 'unscored',
      rankers: unscored.map(({ id }) => id),
      message: `Some architectures have no score by ${named(unscored)}; those figures are about the others only.`,
    });
  }
  return warnings;
}

export function warningsOf(
  truth: TruthAnalysis,
  rankers: readonly RankerAnalysis[],
): AnalysisWarning[] {
  return [
    ...sizeWarnings(truth),
    ...failureWarnings(truth),
    ...noiseWarnings(truth),
    ...tieWarnings(truth),
    ...rankerWarnings(rankers),
  ];
}
