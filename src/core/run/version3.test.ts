/** A run as version 3 wrote it, line by line, and what becomes of it. */
import { describe, expect, it } from 'vitest';
import { decodeLog } from '../log/lines.ts';
import { readPseudoGradientNote } from '../method/pseudoGradient.ts';
import { RUN_LOG } from './log.ts';
import { replay } from './replay.ts';
import { syntheticConfig } from './testing.ts';

const present = syntheticConfig(4);
const { method, space, search, ...rest } = present;
const { id: _, candidates: __, ...oldSpace } = space;
const config = {
  ...rest,
  strategy: method,
  space: { ...oldSpace, candidates: 2 },
  search: { generations: 2, seed: search.seed },
};

const state = (generation: number, theta: number) => ({
  space: { vertices: 3, stages: 2, candidates: 2 },
  options: {},
  generation,
  theta: [0, 1].map(() => [theta, theta, theta]),
  elites: [[], []],
});
const table = [
  [0.4, 0.6],
  [0.5, 0.5],
];
const stamp = (at: number) => ({ at, wall: 10 * at });

const LINES = [
  { format: 'fade-lab-run', version: 3, id: 'old', title: 'An old run', createdAt: '2026-01-01' },
  {
    ...stamp(0),
    type: 'run/started',
    version: 3,
    config,
    datasetDigest: 'ab',
    backend: { name: 'wasm', adapter: 'SIMD', reason: 'a test' },
    executor: 'wasm',
    threads: 2,
    engineVersion: '2',
    parent: { run: 'older', generation: 4 },
  },
  {
    ...stamp(0),
    type: 'generation/started',
    generation: 0,
    region: {
      vertices: 3,
      stages: [
        [7, 0],
        [3, 1],
      ],
    },
    origins: [
      [
        { kind: 'initial', density: 0.5 },
        { kind: 'elite', parent: { stage: 0, candidate: 1 }, rank: -0.3 },
      ],
      [
        { kind: 'sampled', logLikelihood: -2, retries: 1 },
        { kind: 'nearest', distance: 2 },
      ],
    ],
    strategy: state(0, 0.5),
    cost: { cells: 4, parameters: 100, flopsPerStep: 2400 },
  },
  {
    ...stamp(4),
    type: 'supernet/progress',
    ...{ generation: 0, supernet: 0, step: 4, steps: 4, epoch: 0, loss: 1, accuracy: 0.3 },
    ...{ weights: table, alphaMoves: true, wallPerStep: 10 },
  },
  {
    ...stamp(4),
    type: 'device/lost',
    ...{ generation: 0, supernet: 0, step: 4, message: 'a cable' },
    from: { supernet: 0, step: 2 },
  },
  {
    ...stamp(4),
    type: 'generation/ranked',
    ...{ generation: 0, ranker: 'fade', weights: table, ranks: table },
    best: [{ choice: [1, 0], masks: [0, 3], score: 1.1 }],
    ...{ loss: 1, accuracy: 0.4, steps: 4 },
  },
  {
    ...stamp(4),
    type: 'generation/moved',
    generation: 0,
    gradient: [
      [0.1, 0, -0.1],
      [0, 0, 0],
    ],
    utilities: table,
    before: state(0, 0.5),
    after: state(1, 0.6),
  },
  { ...stamp(4), type: 'run/paused', generation: 0, step: 4 },
  { ...stamp(4), type: 'run/finished', generations: 1 },
];

const text = LINES.map((line) => `${JSON.stringify(line)}\n`).join('');

describe('a log of version 3', () => {
  const { events } = decodeLog(RUN_LOG, text, 'old.jsonl');

  it('has its settings in their present form', () => {
    expect(events[0]).toMatchObject({
      version: 4,
      config: present,
      parent: { run: 'older', round: 4 },
    });
  });

  it('has rounds of one job, with ids and origins', () => {
    expect(events[1]).toMatchObject({ type: 'round/started', round: 0 });
    const [job] = events[1]?.type === 'round/started' ? events[1].jobs : [];
    expect(job).toMatchObject({
      kind: 'rank',
      region: [
        ['3:7', '3:0'],
        ['3:3', '3:1'],
      ],
    });
    expect(job?.kind === 'rank' && job.origins).toEqual([
      [
        { kind: 'initial', parents: [], values: { density: 0.5 } },
        { kind: 'elite', parents: ['3:0'], values: { stage: 0, candidate: 1, rank: -0.3 } },
      ],
      [
        { kind: 'sampled', parents: [], values: { logLikelihood: -2, retries: 1 } },
        { kind: 'nearest', parents: [], values: { distance: 2 } },
      ],
    ]);
    expect(events.map(({ type }) => type)).toEqual([
      'run/started',
      'round/started',
      'job/progress',
      'device/lost',
      'job/finished',
      'round/finished',
      'run/paused',
      'run/finished',
    ]);
    expect(events[3]).toMatchObject({ round: 0, job: 0, from: { job: 0, supernet: 0, step: 2 } });
  });

  it('has results with their cost: three forward passes a step, and the last validation', () => {
    // 2,400 FLOPs a step of 8 images are 100 a forward pass; 100 validation images; half are MACs.
    expect(events[4]).toMatchObject({
      result: { ranks: table, best: [{ choice: [1, 0], id: '3:0.3', score: 1.1 }] },
      cost: { steps: 4, macs: (2400 * 4 + 100 * 100) / 2, evaluations: 0 },
    });
  });

  it('keeps θ in its note, and the best as its incumbent', () => {
    const told = events[5];
    const note = told?.type === 'round/finished' ? readPseudoGradientNote(told.note) : null;
    expect(note?.theta[0]).toEqual([0.6, 0.6, 0.6]);
    expect(told).toMatchObject({ incumbent: { id: '3:0.3', accuracy: null } });
  });

  it('can be gone on with', () => {
    const { round, search: next, spent } = replay(present, events);
    expect(round).toBe(1);
    expect(spent.steps).toBe(4);
    expect(next.memory).toMatchObject({ generation: 1 });
  });
});
