import { expect, test } from 'vitest';
import { regionOf } from '../core/cellId.ts';
import { createRandom } from '../core/random.ts';
import { EXHAUSTIVE_LIMIT, PARTS } from '../core/rankers/readout.ts';
import type { StageTable } from '../core/ranks.ts';
import { compilePlan } from '../core/schedule.ts';
import type { Executor } from './executors/executor.ts';
import { readOut } from './readout.ts';
import { readoutSteps } from './study/jobs.ts';

const LOSSES = [
  [1, 2],
  [10, 20, 40],
];
const AVERAGED = [
  [0.75, 0.25],
  [0.5, 0.25, 0.25],
];

function planOf(sizes: readonly number[]) {
  const region = regionOf(
    3,
    sizes.map((k) => Array.from({ length: k }, () => 7)),
  );
  const network = {
    input: { height: 8, width: 8, channels: 1 },
    classes: 2,
    operation: { kind: 'conv', kernel: 3 },
    stages: sizes.map(() => ({ channels: 2, pooling: 1 })),
  } as const;
  return compilePlan(region, network, {
    poolingType: 'max',
    normalisation: 'none',
    weightInit: 'he',
  });
}

/** A supernet whose loss is the weighted sum of its candidates' losses. */
function additive(sizes: readonly number[], calls: (readonly StageTable[])[]): Executor {
  const unused = () => {
    throw new Error('not used');
  };
  return {
    plan: planOf(sizes),
    step: unused,
    statistics: unused,
    save: unused,
    restore: unused,
    dispose: unused,
    evaluate: async (_, mixtures) => {
      calls.push(mixtures);
      return mixtures.map((mixture) => {
        const terms = mixture.flatMap((row, s) => row.map((w, i) => w * (LOSSES[s]?.[i] ?? i)));
        const loss = terms.reduce((a, b) => a + b, 0);
        return { loss, accuracy: 1 / loss };
      });
    },
  };
}

const request = (executor: Executor) => ({
  executor,
  batches: [],
  parts: PARTS,
  weights: AVERAGED,
  random: createRandom(1, 'paths'),
  gate: async () => undefined,
});

test('puts every loss where it belongs, from one call without repetition', async () => {
  const calls: (readonly StageTable[])[] = [];
  const readout = await readOut(request(additive([2, 3], calls)));
  const mixed = [1.25, 20];
  expect(readout.loss).toBe(21.25);
  expect(readout.probe).toEqual([
    [1 + mixed[1]!, 2 + mixed[1]!],
    [10 + mixed[0]!, 20 + mixed[0]!, 40 + mixed[0]!],
  ]);
  const rounded = readout.leaveOneOut?.map((row) => row.map((x) => Number(x.toFixed(9))));
  const [first, second] = [1.5, 70 / 3];
  expect(rounded).toEqual([
    [2 + second, 1 + second].map((x) => Number(x.toFixed(9))),
    [30 + first, 25 + first, 15 + first],
  ]);
  expect(readout.exhaustive?.losses).toEqual([11, 21, 41, 12, 22, 42]);
  expect(readout.exhaustive?.accuracies[5]).toBe(1 / 42);
  readout.sampled?.paths.forEach(([a, b], m) => {
    expect(readout.sampled?.losses[m]).toBe(LOSSES[0]![a!]! + LOSSES[1]![b!]!);
  });
  expect(readout.sampled?.paths.length).toBe(20);
  expect(calls.length).toBe(1);
  expect(new Set(calls[0]?.map((mixture) => JSON.stringify(mixture))).size).toBe(calls[0]?.length);
});

test('measures what is asked for, and nothing else', async () => {
  const calls: (readonly StageTable[])[] = [];
  const executor = additive([2, 3], calls);
  const nothing = await readOut({ ...request(executor), parts: [] });
  expect(nothing).toEqual({
    probe: null,
    leaveOneOut: null,
    sampled: null,
    exhaustive: null,
    loss: 21.25,
    accuracy: 1 / 21.25,
  });
  expect(calls).toEqual([[AVERAGED]]);
  const whole = await readOut(request(executor));
  for (const part of PARTS) {
    const alone = await readOut({ ...request(executor), parts: [part] });
    expect(alone).toEqual({ ...nothing, [part]: whole[part] });
  }
  // The mixed supernet, and: a mixture a candidate, twice; the six paths there are, drawn and listed.
  const counts = calls.slice(2).map((mixtures) => mixtures.length);
  expect(counts).toEqual([1 + 5, 1 + 5, 1 + 6, 1 + 6]);
});

test('does not walk through regions that are too large', async () => {
  const sizes = [17, 16];
  expect(17 * 16).toBeGreaterThan(EXHAUSTIVE_LIMIT);
  const averaged = sizes.map((k) => Array.from({ length: k }, () => 1 / k));
  const calls: (readonly StageTable[])[] = [];
  const readout = await readOut({ ...request(additive(sizes, calls)), weights: averaged });
  expect(readout.exhaustive).toBeNull();
  expect(readout.sampled?.losses.length).toBe(4 * 33);
});

test.each([
  [250, 0, 5, [250]],
  [250, 4, 5, [50, 100, 150, 200, 250]],
  [375, 2, 5, [125, 250, 375]],
  [8, 3, 1, [2, 4, 6, 8]],
  [6, 20, 4, [4, 6]],
])('%i steps with %i checkpoints, reported every %i', (steps, checkpoints, every, expected) => {
  expect(readoutSteps(steps, checkpoints, every)).toEqual(expected);
});
