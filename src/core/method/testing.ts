/** For tests: searches played against made-up ranks and accuracies. */
import { createRandom } from '../random.ts';
import type { StageTable } from '../ranks.ts';
import { kBest, type Region } from '../region.ts';
import { cellSpaceKind } from '../space/cells.ts';
import type { ArchitectureId, PartId } from '../space/ids.ts';
import type { Parts, Space } from '../space/types.ts';
import type { Answer, EvaluateJob, RankJob } from './jobs.ts';
import { completeOptions } from './options.ts';
import type { Method, MethodContext, MethodOptions, RegisteredMethod } from './types.ts';

/** What a method is given of a cell space, with the options completed. */
export function contextOf(
  method: RegisteredMethod,
  size: { readonly vertices: number; readonly candidates: readonly number[] },
  options: MethodOptions = {},
): MethodContext {
  const { vertices, candidates } = size;
  return {
    space: cellSpaceKind.create({ stages: candidates.length, vertices }),
    candidates,
    steps: 10,
    options: completeOptions(method.descriptor, options),
  };
}

/** The parts of a context's space, which has some. */
export function partsOfContext({ space }: MethodContext): Parts {
  if (!space.parts) throw new Error('no parts');
  return space.parts;
}

/** The answer to the one job of a region search. */
export function rankedAs({ space }: MethodContext, job: RankJob, ranks: StageTable): Answer {
  const assemble = (ids: readonly PartId[]): ArchitectureId => {
    if (!space.parts) throw new Error('no parts');
    return space.parts.assemble(ids);
  };
  const best = kBest(ranks, 1).map(({ choice, score }) => ({
    choice,
    id: assemble(job.region.map((stage, s) => stage[choice[s]!]!)),
    score,
  }));
  const made = { ranker: 'made-up', weights: ranks, ranks, best, loss: 1, accuracy: 0.5 };
  return { job, result: { kind: 'rank', ...made } };
}

/** The one job that a region search asks for. */
export function onlyRankJob(jobs: readonly { readonly kind: string }[] | null): RankJob {
  const [job, ...more] = jobs ?? [];
  if (!job || !isRankJob(job) || more.length > 0) throw new Error('not one rank job');
  return job;
}

const isRankJob = (job: { readonly kind: string }): job is RankJob => job.kind === 'rank';

/** Ranks of a region at random. */
export function noise(region: Region, seed: number): number[][] {
  const random = createRandom(seed, 'noise');
  return region.map((stage) => stage.map(() => random.normal()));
}

/** Some rounds of a region search; returns every job, answer and memory. */
export function play(
  method: RegisteredMethod,
  context: MethodContext,
  seed: number,
  rounds: number,
  rank: (region: Region, round: number) => number[][] = noise,
) {
  let search = method.begin(context, createRandom(seed, 'init'));
  const steps = [];
  for (let round = 0; round < rounds; round++) {
    const before = search;
    const job = onlyRankJob(search.ask(createRandom(seed, 'ask', round)));
    const ranks = rank(job.region, round);
    const told = search.tell([rankedAs(context, job, ranks)], createRandom(seed, 'tell', round));
    search = told.next;
    const { note, incumbent } = told;
    steps.push({ before, job, ranks, note, incumbent, memory: search.memory, after: search });
  }
  return steps;
}

interface BlackBoxGame {
  readonly space: Space;
  readonly options: MethodOptions;
  readonly seed: number;
  readonly rounds: number;
  /** Accuracy of an architecture. */
  readonly truth: (id: ArchitectureId) => number;
  /** Jobs of a round that are answered, at most: the others fall to the end of the budget. */
  readonly answered?: number;
}

/** Rounds of a black-box search until it ends; its options are completed and checked. */
export function playBlackBox<State, Note>(
  method: Method<State, Note>,
  { space, options, seed, rounds, truth, answered = Number.POSITIVE_INFINITY }: BlackBoxGame,
) {
  const complete = completeOptions(method.descriptor, options);
  const context: MethodContext = { space, candidates: [], steps: 10, options: complete };
  let state = method.init(context, createRandom(seed, 'init'));
  const played = [];
  for (let round = 0; round < rounds; round++) {
    const jobs = method.ask(state, context, createRandom(seed, 'ask', round));
    if (jobs === null) break;
    const asked = jobs.filter((job) => job.kind === 'evaluate');
    const answers = asked.slice(0, answered).map((job): Extract<Answer, { job: EvaluateJob }> => {
      const measured = { loss: 0, accuracy: truth(job.id), diverged: null, known: false };
      return { job, result: { kind: 'evaluate', ...measured } };
    });
    const told = method.tell(state, answers, context, createRandom(seed, 'tell', round));
    state = told.state;
    const scores = answers.map(({ job }) => truth(job.id));
    played.push({ jobs: asked, scores, note: told.note, incumbent: told.incumbent });
  }
  return played;
}
