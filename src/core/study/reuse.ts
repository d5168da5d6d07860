/**
 * Trainings alone that another study has done already. A training depends on the task, the space
 * without its region, the training of the networks, the master seed, its own seed and steps, the
 * images, and what computed it; where all of that agrees, its result is taken instead of computed.
 */
import { canonicalJson } from '../canonical.ts';
import type { RunConfig } from '../run/config.ts';
import type { StudyConfig } from './config.ts';
import type { EvaluationFinished, StudyEvent, StudyStarted } from './events.ts';
import { aloneKey } from './jobs.ts';

/** A study's header, and what it has of trainings alone. */
export interface KnownTrainings {
  readonly header: StudyStarted;
  readonly evaluations: readonly EvaluationFinished[];
}

/** What the result of a training alone depends on, besides architecture, seed and steps. */
function basisOf({ task, space, supernet, search }: RunConfig): string {
  const { candidates: _, ...cells } = space;
  const { batchSize, normalisation, weightInit, weights, reportEvery } = supernet;
  const training = { batchSize, normalisation, weightInit, weights, reportEvery };
  return canonicalJson({ task, cells, training, seed: search.seed });
}

/** Whether trainings alone of one study count in the other, as far as settings decide. */
export const sameTrainings = (a: StudyConfig, b: StudyConfig): boolean =>
  basisOf(a.run) === basisOf(b.run);

/** What another study can offer; null if its settings differ or it has no training. */
export function offeredTrainings(
  config: StudyConfig,
  events: readonly StudyEvent[],
): KnownTrainings | null {
  const [header] = events;
  if (header?.type !== 'study/started' || !sameTrainings(config, header.config)) return null;
  const evaluations = events.filter((event) => event.type === 'evaluation/finished');
  return evaluations.length > 0 ? { header, evaluations } : null;
}

/** What decides results besides the settings. */
export type Computed = Pick<StudyStarted, 'datasetDigest' | 'executor' | 'engineVersion'> & {
  readonly backend: Pick<StudyStarted['backend'], 'name'>;
};

const computedSame = (a: Computed, b: Computed): boolean =>
  a.datasetDigest === b.datasetDigest &&
  a.executor === b.executor &&
  a.engineVersion === b.engineVersion &&
  a.backend.name === b.backend.name;

/** Results by job key, of those offered trainings that were made with the same images and means. */
export function reusableTrainings(
  computed: Computed,
  offers: readonly KnownTrainings[],
): ReadonlyMap<string, EvaluationFinished> {
  const same = offers.filter(({ header }) => computedSame(header, computed));
  const trainings = same.flatMap(({ evaluations }) => evaluations);
  return new Map(
    trainings.map((one) => [aloneKey(one.architecture, one.steps, one.seed), one] as const),
  );
}
