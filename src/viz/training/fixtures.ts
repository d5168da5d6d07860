/** Trainings to look at: from no step to thirty generations, and one whose loss explodes. */
import type { Fixture } from '../shared/chart.ts';
import { learning, times } from '../shared/fixtureSeries.ts';
import type { TrainingModel } from './model.ts';

/** Generations of `count` reports, the first fifth of each with α frozen. */
function training(generations: number, count: number, every: number): TrainingModel {
  const length = count * every;
  return {
    points: times(generations, (g) =>
      learning(`training ${g}`, count, every, g * length).map((point, i) => ({
        ...point,
        alphaMoves: i >= count / 5,
        training: g,
      })),
    ).flat(),
    round: 'generation',
    generations: times(generations, (index) => ({
      index,
      start: index * length,
      end: (index + 1) * length,
    })),
    chance: 0.1,
  };
}

const one = training(1, 1, 5);
/** Two rounds of four networks trained alone. */
function alone(): TrainingModel {
  const { points } = training(8, 6, 5);
  return {
    points: points.map((point) => ({ ...point, alphaMoves: null })),
    round: 'round',
    generations: [
      { index: 0, start: 0, end: 120 },
      { index: 1, start: 120, end: 240 },
    ],
    chance: 0.1,
  };
}

const exploding = training(2, 40, 5);

export const fixtures: readonly Fixture<TrainingModel>[] = [
  {
    name: 'No steps yet',
    model: { points: [], round: 'generation', generations: [], chance: null },
  },
  { name: 'One report', model: one },
  { name: 'Typical', model: training(3, 50, 5) },
  { name: 'Networks alone', model: alone() },
  { name: 'Crowded', model: training(30, 200, 25) },
  {
    name: 'Exploding loss',
    model: {
      ...exploding,
      points: exploding.points.map((point, i) => ({
        ...point,
        loss: i < 20 ? point.loss : i < 30 ? 10 ** (i - 18) : Number.NaN,
        accuracy: i < 20 ? 1 : 0,
      })),
    },
  },
];
