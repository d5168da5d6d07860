/** Timelines to look at: from an empty run to three hundred generations. */
import type { Fixture } from '../shared/chart.ts';
import { times } from '../shared/fixtureSeries.ts';
import type { TimelineModel } from './model.ts';

const WORDS: Pick<TimelineModel, 'round' | 'phases'> = {
  round: 'generation',
  phases: {
    proposed: 'Candidates proposed',
    training: 'Training the supernet',
    measured: 'Candidates ranked',
    moved: 'Pseudo-gradient taken',
  },
};

/** `done` generations complete, one more in training; the cursor at its newest event. */
const running = (total: number, done: number): TimelineModel => ({
  ...WORDS,
  total,
  generations: [
    ...times(done, (index) => ({ index, phase: 'moved' as const, progress: 1 })),
    { index: done, phase: 'training' as const, progress: 0.4 },
  ],
  cursor: { generation: done, phase: 'training', progress: 0.4 },
  live: true,
  running: true,
});

const typical = running(8, 3);

export const fixtures: readonly Fixture<TimelineModel>[] = [
  {
    name: 'No run',
    model: { ...WORDS, total: 0, generations: [], cursor: null, live: true, running: false },
  },
  { name: 'One generation', model: running(1, 0) },
  { name: 'Typical, live', model: typical },
  {
    name: 'Looking back',
    model: { ...typical, cursor: { generation: 1, phase: 'measured', progress: 1 }, live: false },
  },
  {
    name: 'Finished',
    model: {
      ...running(5, 5),
      generations: running(5, 5).generations.slice(0, 5),
      cursor: { generation: 4, phase: 'moved', progress: 1 },
      running: false,
    },
  },
  {
    name: 'Rounds of a black-box search',
    model: {
      ...running(6, 2),
      round: 'round',
      phases: {
        ...WORDS.phases,
        training: 'Training an architecture',
        measured: 'Accuracies measured',
        moved: 'Population aged',
      },
    },
  },
  { name: 'Crowded', model: running(300, 187) },
];
