/** All rankers of a study side by side, on the architectures that are trained alone. */

import { RANKERS } from '../rankers/registry.ts';
import { scoresOf } from '../rankers/scores.ts';
import type { Ranker, RankerDescriptor, Subject } from '../rankers/types.ts';
import type { AnalysisOptions, RankerScores, TruthTable } from './analysisInput.ts';
import { type ReadingOptions, readingsOf } from './readings.ts';
import type { StudyView, VariantView } from './reducer.ts';
import { studyCost, studyShape, taskShape } from './shape.ts';

/** A ranker as a study has it: bound to a supernet variant if it reads supernets. */
export interface BoundRanker {
  readonly descriptor: RankerDescriptor;
  readonly ranker: Ranker;
  readonly variant: VariantView | null;
}

function bound(ranker: Ranker, variant: VariantView): BoundRanker {
  const { id, name } = ranker.descriptor;
  const descriptor = variant.main
    ? ranker.descriptor
    : { ...ranker.descriptor, id: `${id}@${variant.id}`, name: `${name} (${variant.id})` };
  return { descriptor, ranker, variant };
}

/** Every ranker of the study: those on the main supernets, on the others, then the baselines. */
export function studyRankers({ config, variants }: StudyView): readonly BoundRanker[] {
  const reading = RANKERS.filter(({ descriptor }) => descriptor.kind === 'supernet');
  const free = RANKERS.filter(
    ({ descriptor: { kind } }) => kind !== 'supernet' && (kind !== 'proxy' || config?.proxies),
  );
  return [
    ...variants.flatMap((variant) => reading.map((ranker) => bound(ranker, variant))),
    ...free.map((ranker) => ({ descriptor: ranker.descriptor, ranker, variant: null })),
  ];
}

/** What the rankers of a study rank: its architectures. Null before it has started. */
function subjectOf({ config, architectures }: StudyView): Subject | null {
  if (!config) return null;
  const { region, run } = config;
  return { region, shape: studyShape(config), seed: run.search.seed, contenders: architectures };
}

/** One ranker's scores, in the order of `view.architectures`. */
export function rankerScores(
  view: StudyView,
  { descriptor, ranker, variant }: BoundRanker,
  options: ReadingOptions = {},
): RankerScores {
  const readings = variant ? readingsOf(variant, options) : [];
  const subject = subjectOf(view);
  return {
    id: descriptor.id,
    name: descriptor.name,
    supernets: readings.length,
    kind: descriptor.kind,
    scores: subject ? scoresOf(ranker, subject, readings) : view.architectures.map(() => null),
  };
}

/**
 * Scores of every ranker, in the order of `truthTable`. Supernet rankers average over all finished
 * supernets, or over those asked for; `step` reads them at an earlier step. Variants without a
 * finished supernet are left out.
 */
export function rankerTable(view: StudyView, options: ReadingOptions = {}): RankerScores[] {
  return studyRankers(view)
    .map((one) => ({ one, scores: rankerScores(view, one, options) }))
    .filter(({ one, scores }) => one.variant === null || scores.supernets > 0)
    .map(({ scores }) => scores);
}

/**
 * The table of each single supernet, by its number: supernet rankers only. Averages over it say what
 * one supernet is worth, beside the ensemble of `rankerTable`.
 */
export function singleTables(
  view: StudyView,
  options: Pick<ReadingOptions, 'step'> = {},
): readonly (readonly RankerScores[])[] {
  const count = Math.max(0, ...view.variants.map(({ supernets }) => supernets.length));
  return Array.from({ length: count }, (_, supernet) =>
    rankerTable(view, { ...options, supernets: [supernet] }).filter((one) => one.supernets > 0),
  );
}

/** The truth so far: every selected architecture, measured or not. */
export function truthTable({ architectures }: StudyView): TruthTable {
  const rows = architectures.map(({ evaluations }) => evaluations);
  return {
    architectures: architectures.map(({ architecture }) => architecture),
    choices: architectures.map(({ choice }) => choice),
    accuracies: rows.map((row) => row.map(({ accuracy }) => accuracy)),
    losses: rows.map((row) => row.map(({ loss }) => loss)),
    failures: rows
      .flat()
      .flatMap(({ architecture, seed, diverged }) =>
        diverged === null ? [] : [{ architecture, seed, reason: diverged }],
      ),
  };
}

/** What the statistics need to know of the study besides the tables; null before it has started. */
export function analysisBasis({
  config,
  architectures,
}: StudyView): Pick<AnalysisOptions, 'flops' | 'seed' | 'chance' | 'testImages'> | null {
  if (!config) return null;
  return {
    flops: architectures.map(({ cells }) => studyCost(config, cells).flops),
    seed: config.run.search.seed,
    chance: 1 / taskShape(config.run).classes,
    testImages: config.run.task.testImages,
  };
}
