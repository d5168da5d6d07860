/** A log is enough to go on with: folding it gives the search that wrote it, at every result. */
import { describe, expect, it } from 'vitest';
import { architectureId } from '../cellId.ts';
import type { Cost, EvaluateJob, EvaluateResult } from '../method/jobs.ts';
import { addCosts, NO_COST } from '../method/jobs.ts';
import { METHODS, methodById } from '../method/registry.ts';
import { noise, onlyRankJob, rankedAs } from '../method/testing.ts';
import type { MethodContext } from '../method/types.ts';
import type { RunConfig } from './config.ts';
import type { JobFinished, RoundStarted, RunEvent } from './events.ts';
import { answerOf, evaluationKey, methodContext, methodRandom, replay } from './replay.ts';
import { resolveConfig } from './resolve.ts';
import { syntheticEvents } from './testing.ts';

const ROUNDS = 4;
const STEPS = 5;

const configOf = (id: string): RunConfig =>
  resolveConfig({
    preset: 'quick',
    overrides: {
      method: { id },
      space: { candidates: [4, 3] },
      supernet: { steps: STEPS },
      search: { generations: ROUNDS, seed: 7 },
    },
  });

const headerOf = (config: RunConfig): RunEvent => syntheticEvents({ config, generations: 0 })[0]!;

/** The log of a region search under made-up ranks, and the jobs that it asked for next each time. */
function written(config: RunConfig) {
  const context = methodContext(config);
  let search = methodById(config.method.id).begin(context, methodRandom.begin(config));
  const events: RunEvent[] = [headerOf(config)];
  for (let round = 0; round < ROUNDS; round++) {
    const jobs = search.ask(methodRandom.ask(config, round));
    const job = onlyRankJob(jobs);
    const { result } = rankedAs(context, job, noise(job.region, round));
    const cost = { steps: STEPS, macs: 1000 + round, evaluations: 0 };
    const [at, after] = [round * STEPS, (round + 1) * STEPS];
    events.push({ type: 'round/started', at, wall: 0, round, jobs: [job] });
    events.push({ type: 'job/finished', at: after, wall: 0, round, job: 0, result, cost });
    const answer = rankedAs(context, job, noise(job.region, round));
    const told = search.tell([answer], methodRandom.tell(config, round));
    const { note, incumbent } = told;
    events.push({ type: 'round/finished', at: after, wall: 0, round, note, incumbent });
    search = told.next;
  }
  return { context, events };
}

const startsOf = (events: readonly RunEvent[]) =>
  events.filter((event): event is RoundStarted => event.type === 'round/started');

const regionMethods = METHODS.filter(({ descriptor }) => descriptor.kind === 'region');

describe.each(regionMethods.map(({ descriptor }) => descriptor.id))('a log of %s', (id) => {
  const config = configOf(id);
  const { events } = written(config);
  const starts = startsOf(events);

  it('asks for the same jobs next, wherever a result ends it', () => {
    let checked = 0;
    events.forEach((event, index) => {
      const { search, round, open, answers } = replay(config, events.slice(0, index + 1));
      if (event.type === 'round/finished') {
        expect(open).toBeNull();
        expect(answers).toEqual([]);
        expect(round).toBe(event.round + 1);
        const next = starts[round];
        if (next) expect(search.ask(methodRandom.ask(config, round))).toEqual(next.jobs);
        checked += 1;
      }
      if (event.type === 'job/finished') {
        expect(round).toBe(event.round);
        expect(open).toBe(starts[event.round]);
        const { next, note } = search.tell(answers, methodRandom.tell(config, round));
        const finished = events[index + 1];
        expect(finished).toMatchObject({ type: 'round/finished', note });
        const after = starts[round + 1];
        if (after) expect(next.ask(methodRandom.ask(config, round + 1))).toEqual(after.jobs);
        checked += 1;
      }
    });
    expect(checked).toBe(2 * ROUNDS);
  });

  it('adds up costs and steps, and knows the incumbent', () => {
    events.forEach((event, index) => {
      const prefix = events.slice(0, index + 1);
      const { spent, at, incumbent } = replay(config, prefix);
      const costs = prefix.flatMap((one) => (one.type === 'job/finished' ? [one.cost] : []));
      expect(spent).toEqual(costs.reduce(addCosts, NO_COST));
      expect(at).toBe(event.at);
      const told = prefix.findLast((one) => one.type === 'round/finished');
      expect(incumbent).toEqual(told?.type === 'round/finished' ? told.incumbent : null);
    });
    expect(replay(config, events).spent).toEqual({ steps: 20, macs: 4006, evaluations: 0 });
  });

  it('does not look at reports, pauses and losses', () => {
    const place = { job: 0, supernet: 0, step: 3 };
    const stamp = { at: 3, wall: 9, round: 0 };
    const between: readonly RunEvent[] = [
      {
        type: 'job/progress',
        kind: 'rank',
        ...stamp,
        ...place,
        steps: STEPS,
        epoch: 0,
        loss: 1,
        accuracy: 0,
        weights: [],
        alphaMoves: false,
        wallPerStep: 1,
      },
      { type: 'device/lost', ...stamp, ...place, message: '', from: place },
      { type: 'run/paused', ...stamp, step: 3 },
    ];
    const shaken = events.toSpliced(2, 0, ...between);
    expect(replay(config, shaken.slice(0, 5)).at).toBe(0);
    const plain = ({ search, context: _, ...rest }: ReturnType<typeof replay>) => ({
      ...rest,
      memory: search.memory,
    });
    expect(plain(replay(config, shaken))).toEqual(plain(replay(config, events)));
  });
});

describe('an open round of evaluations', () => {
  const config = configOf('random');
  const context: MethodContext = methodContext(config);
  const jobs = [1, 2, 7].map(
    (mask): EvaluateJob => ({
      kind: 'evaluate',
      id: architectureId({ vertices: 5, masks: [mask, 0] }),
      steps: 9,
      seed: 0,
      origin: { kind: 'drawn', parents: [], values: {} },
    }),
  );
  const started: RoundStarted = { type: 'round/started', at: 0, wall: 0, round: 0, jobs };
  const result = (accuracy: number): EvaluateResult => ({
    kind: 'evaluate',
    loss: 1,
    accuracy,
    diverged: null,
    known: false,
  });
  const cost: Cost = { steps: 9, macs: 50, evaluations: 1 };
  const finished = (job: number): JobFinished => ({
    type: 'job/finished',
    at: 9 * (job + 1),
    wall: 0,
    round: 0,
    job,
    result: result(job / 10),
    cost,
  });
  const events = [headerOf(config), started, finished(0), finished(2)];

  it('holds the answers so far, and what was trained is known', () => {
    const { open, answers, spent, known, round, at } = replay(config, events);
    expect([open, round, at]).toEqual([started, 0, 27]);
    expect(answers).toEqual([
      { job: jobs[0], result: result(0) },
      { job: jobs[2], result: result(0.2) },
    ]);
    expect(spent).toEqual({ steps: 18, macs: 100, evaluations: 2 });
    expect([...known.keys()]).toEqual(
      [jobs[0]!, jobs[2]!].map((job) => evaluationKey(context, job)),
    );
    expect(known.get(evaluationKey(context, jobs[2]!))).toEqual(result(0.2));
    expect(known.has(evaluationKey(context, { ...jobs[2]!, steps: 10 }))).toBe(false);
    expect(known.has(evaluationKey(context, { ...jobs[2]!, seed: 1 }))).toBe(false);
    // 0→1 and 0→2, alone in five vertices, are one cell: their trainings are one.
    expect(evaluationKey(context, jobs[0]!)).toBe(evaluationKey(context, jobs[1]!));
  });

  it('refuses results that do not belong to its jobs', () => {
    const ranks = { kind: 'rank', ranker: 'x', weights: [], ranks: [], best: [], loss: 1 } as const;
    expect(() => answerOf(started, 0, { ...ranks, accuracy: 0 })).toThrow('no rank job 0');
    expect(() => answerOf(started, 3, result(1))).toThrow('no evaluate job 3');
    expect(answerOf(started, 1, result(1))).toEqual({ job: jobs[1], result: result(1) });
  });
});
