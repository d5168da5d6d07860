/**
 * What a study consists of, as independent jobs in one fixed order, so that a picture appears early:
 * the first supernet of the main variant, then one training of every architecture, their proxies, the
 * first supernets of the other variants; and then, round by round, one more supernet of each variant
 * and one more training of every architecture. Trainings asked for besides come last.
 */
import type { StudyJob } from './events.ts';
import { choiceId, type StudyView } from './reducer.ts';
import { type Choice, missingChoices } from './select.ts';

/** The key of a training alone. */
export const aloneKey = (architecture: string, steps: number, seed: number): string =>
  `alone ${architecture} ${steps} ${seed}`;

/** A name that is the same for the same work: isomorphic architectures share theirs. */
export function jobKey(view: StudyView, job: StudyJob): string {
  if (job.kind === 'supernet') return `supernet ${job.variant} ${job.supernet}`;
  const id = view.config ? choiceId(view.config.region, job.choice) : job.choice.join('.');
  return job.kind === 'alone' ? aloneKey(id, job.steps, job.seed) : `proxies ${id}`;
}

function roundJobs(view: StudyView, choices: readonly Choice[], round: number): StudyJob[] {
  const { config, amount } = view;
  if (!config || !amount) return [];
  const supernets =
    round < amount.supernets
      ? config.variants.map(
          ({ id }): StudyJob => ({ kind: 'supernet', variant: id, supernet: round }),
        )
      : [];
  const alone =
    round < amount.seeds
      ? choices.map(
          (choice): StudyJob => ({ kind: 'alone', choice, seed: round, steps: config.steps }),
        )
      : [];
  if (round > 0) return [...supernets, ...alone];
  const proxies = config.proxies
    ? choices.map((choice): StudyJob => ({ kind: 'proxies', choice }))
    : [];
  return [...supernets.slice(0, 1), ...alone, ...proxies, ...supernets.slice(1)];
}

function extraJobs({ extra }: StudyView): StudyJob[] {
  return extra.flatMap(({ choice, seeds, steps }) =>
    Array.from({ length: seeds }, (_, seed): StudyJob => ({ kind: 'alone', choice, seed, steps })),
  );
}

/** Keys of what has been measured. */
function doneKeys(view: StudyView): Set<string> {
  const keys = new Set<string>();
  for (const { id, supernets } of view.variants) {
    for (const { supernet } of supernets) keys.add(`supernet ${id} ${supernet}`);
  }
  for (const one of [...view.architectures, ...view.others]) {
    if (one.proxies) keys.add(`proxies ${one.architecture}`);
    for (const { steps, seed } of [...one.evaluations, ...one.extra]) {
      keys.add(aloneKey(one.architecture, steps, seed));
    }
  }
  return keys;
}

/** Everything asked for that can be named so far, done or not, without repetition. */
export function allJobs(view: StudyView): readonly StudyJob[] {
  const rounds = Math.max(view.amount?.seeds ?? 0, view.amount?.supernets ?? 0);
  const choices = [...view.architectures.map(({ choice }) => choice), ...missingChoices(view)];
  const jobs = Array.from({ length: rounds }, (_, round) => roundJobs(view, choices, round)).flat();
  const seen = new Set<string>();
  return [...jobs, ...extraJobs(view)].filter((job) => {
    const key = jobKey(view, job);
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * What is still to be measured, in the order in which results enter the log. Trainings of
 * architectures that are not selected yet are among them as soon as the selection can be made
 * (`missingChoices`); append `study/selected` before their results. Before that, the supernet which
 * decides the selection comes first; so the list is empty only if everything has been measured.
 */
export function pendingJobs(view: StudyView): readonly StudyJob[] {
  const done = doneKeys(view);
  return allJobs(view).filter((job) => !done.has(jobKey(view, job)));
}
