/** What black-box searches share: evaluations asked for and told, and the order of accuracies. */
import * as v from 'valibot';
import type { Random } from '../random.ts';
import type { ArchitectureId, PartId } from '../space/ids.ts';
import type { PartSpace, Space } from '../space/types.ts';
import type { Answer, EvaluateJob, Incumbent, Origin } from './jobs.ts';
import type { MethodContext } from './types.ts';

/** An architecture with its validation accuracy; null if its training diverged. */
export interface Scored {
  readonly id: ArchitectureId;
  readonly accuracy: number | null;
}

/** For notes of black-box searches. */
export const scored = v.strictObject({ id: v.string(), accuracy: v.nullable(v.number()) });

/** A training that diverged is worse than any that did not. */
export const worthOf = ({ accuracy }: { readonly accuracy: number | null }): number =>
  accuracy ?? Number.NEGATIVE_INFINITY;

/** For origins: the accuracy, where there is one. */
export const knownAccuracy = ({ accuracy }: Scored): { readonly accuracy?: number } =>
  accuracy === null ? {} : { accuracy };

/** The best of a list; the first of equals. Null for an empty one. */
export function bestOf<T extends { readonly accuracy: number | null }>(
  list: readonly T[],
): T | null {
  return list.reduce<T | null>(
    (best, one) => (best === null || worthOf(one) > worthOf(best) ? one : best),
    null,
  );
}

/** Asks for one training of an architecture. */
export function evaluateJob(
  { steps }: MethodContext,
  id: ArchitectureId,
  origin: Origin,
): EvaluateJob {
  return { kind: 'evaluate', id, steps, seed: 0, origin };
}

/** The accuracies that were told. */
export function scoresOf(answers: readonly Answer[]): Scored[] {
  return answers.flatMap(({ job, result }) =>
    job.kind === 'evaluate' && result.kind === 'evaluate'
      ? [{ id: job.id, accuracy: result.accuracy }]
      : [],
  );
}

/** The better of an incumbent and what was just found; the incumbent if they are equal. */
export function betterIncumbent(
  before: Incumbent | null,
  found: readonly Scored[],
): Incumbent | null {
  const best = bestOf(found);
  if (best === null || best.accuracy === null) return before;
  return before === null || best.accuracy > worthOf(before) ? { ...best } : before;
}

/** Draws tried for an architecture that is new before what is left is listed. */
const DRAWS = 200;

/** Spaces of more architectures are not listed. */
const MOST_LISTED = 100_000;

/**
 * An architecture drawn at random that is not in `seen`; null if there is none left (in a large space:
 * if the draws find none).
 */
export function drawUnseen(
  space: Space,
  seen: ReadonlySet<ArchitectureId>,
  random: Random,
): { readonly id: ArchitectureId; readonly origin: Origin } | null {
  for (let draw = 0; draw < DRAWS; draw++) {
    const { id, values } = space.sample(random);
    if (!seen.has(id)) return { id, origin: { kind: 'drawn', parents: [], values } };
  }
  if (space.count > MOST_LISTED) return null;
  const left = [...(space.enumerate() ?? [])].filter((id) => !seen.has(id));
  const id = left[left.length === 0 ? 0 : random.integer(left.length)];
  return id === undefined ? null : { id, origin: { kind: 'drawn', parents: [], values: {} } };
}

/** Orders of a part whose single changes are looked at, at most: all of them up to five vertices. */
const MOST_CODES = 120;

/** Parts one change away from any code of this one: whoever is a neighbour has it as one, too. */
function partsAround(space: PartSpace, part: PartId): ReadonlySet<PartId> {
  const found = new Set<PartId>();
  for (const code of space.codes(part).slice(0, MOST_CODES)) {
    space.sites.forEach(({ options }, site) => {
      for (let option = 0; option < options.length; option++) {
        if (option === code[site]) continue;
        const next = space.part(code.map((before, at) => (at === site ? option : before)));
        if (next !== part) found.add(next);
      }
    });
  }
  return found;
}

/**
 * Every architecture one decision away, without repetition, in a fixed order. Where architectures are
 * made of parts, the names of a part's vertices decide nothing: all its codes are changed.
 */
export function neighboursOf(space: Space, id: ArchitectureId): readonly ArchitectureId[] {
  const found = new Set<ArchitectureId>();
  const { parts } = space;
  if (parts) {
    const own = parts.split(id);
    own.forEach((part, stage) => {
      for (const next of partsAround(parts.space, part)) {
        found.add(parts.assemble(own.map((other, s) => (s === stage ? next : other))));
      }
    });
  } else {
    for (const { site, options, current, allowed } of space.decisions(id)) {
      for (const [at, option] of options.entries()) {
        if (option === current || !allowed[at]) continue;
        const next = space.decide(id, site, option);
        if (next !== null && next !== id) found.add(next);
      }
    }
  }
  return [...found];
}
