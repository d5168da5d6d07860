/** From the view of a run to what the charts draw. Pure. */
import { stageShapes } from '../../core/architecture.ts';
import type { RunConfig } from '../../core/run/config.ts';
import { chanceLevel, datasetName } from '../../core/run/datasets.ts';
import { currentGeneration, type GenerationView, type RunView } from '../../core/run/reducer.ts';
import type { AlphaModel } from '../../viz/alpha/model.ts';
import type { EvolutionModel } from '../../viz/evolution/model.ts';
import type { SpaceModel } from '../../viz/space/model.ts';
import type { ThetaModel } from '../../viz/theta/model.ts';
import type { TimelineModel, TimelinePhase } from '../../viz/timeline/model.ts';
import type { TrainingModel } from '../../viz/training/model.ts';
import { networkShape } from '../costs/network.ts';
import type { CandidateRef } from './selection.ts';

const weightsOf = (view: RunView, generation: GenerationView) =>
  generation.ranked?.weights ??
  (currentGeneration(view) === generation ? view.weights : null) ??
  generation.progress.at(-1)?.weights ??
  null;

/** While α moves: the cell that leads in each stage, which is the best by FaDE so far. */
function leadingChoice(generation: GenerationView): readonly number[] | null {
  const last = generation.progress.at(-1);
  return last?.alphaMoves ? last.weights.map((stage) => stage.indexOf(Math.max(...stage))) : null;
}

export function spaceModel(
  view: RunView,
  highlighted: readonly CandidateRef[] | null,
): SpaceModel | null {
  const generation = currentGeneration(view);
  const shape = view.config && networkShape(view.config);
  if (!generation || !view.config || !shape) return null;
  const shapes = stageShapes(shape);
  const weights = weightsOf(view, generation);
  const { region, ranked, origins } = generation;
  return {
    input: { ...shape.input, name: datasetName(view.config.task.dataset) },
    classes: shape.classes,
    vertices: region.vertices,
    stages: region.stages.map((masks, stage) => ({
      index: stage,
      channels: shapes[stage]?.channels ?? 1,
      size: shapes[stage]?.height ?? 1,
      pooling: shape.stages[stage]?.pooling ?? 1,
      candidates: masks.map((mask, candidate) => ({
        mask,
        weight: weights?.[stage]?.[candidate] ?? 1 / masks.length,
        rank: ranked?.ranks[stage]?.[candidate] ?? null,
        origin: origins[stage]?.[candidate] ?? null,
      })),
    })),
    bestChoice: ranked?.best[0]?.choice ?? leadingChoice(generation),
    highlighted,
  };
}

export function trainingModel(view: RunView): TrainingModel | null {
  const points = view.generations.flatMap((generation) =>
    generation.progress.map(({ at, loss, accuracy, alphaMoves }) => ({
      step: at,
      loss,
      accuracy,
      alphaMoves,
    })),
  );
  const chance = view.config && chanceLevel(view.config.task.dataset);
  if (points.length === 0 || chance === null) return null;
  const generations = view.generations.flatMap(({ index, progress }) => {
    const [first, last] = [progress[0], progress.at(-1)];
    return first && last ? [{ index, start: first.at - first.step, end: last.at }] : [];
  });
  return { points, generations, chance };
}

export function alphaModel(config: RunConfig, generation: GenerationView): AlphaModel | null {
  const last = generation.progress.at(-1);
  if (!last) return null;
  const reports = generation.progress.filter((report) => report.supernet === last.supernet);
  const frozen = Math.floor(config.supernet.alpha.frozen * last.steps);
  return {
    steps: reports.map((report) => report.step),
    weights: reports.map((report) => report.weights),
    totalSteps: last.steps,
    frozenUntil: frozen > 0 ? frozen : null,
  };
}

function phaseOf(generation: GenerationView): TimelinePhase {
  if (generation.moved) return 'moved';
  if (generation.ranked) return 'ranked';
  return generation.progress.length > 0 ? 'training' : 'proposed';
}

function progressOf(generation: GenerationView, supernets: number): number {
  const last = generation.progress.at(-1);
  if (generation.ranked) return 1;
  return last ? (last.supernet + last.step / last.steps) / supernets : 0;
}

export function timelineModel(
  live: RunView,
  view: RunView,
  state: { readonly live: boolean; readonly running: boolean },
): TimelineModel | null {
  if (!live.config) return null;
  const supernets = live.config.ranker.supernets;
  const stateOf = (generation: GenerationView) => ({
    phase: phaseOf(generation),
    progress: progressOf(generation, supernets),
  });
  const at = currentGeneration(view);
  return {
    total: Math.max(live.config.search.generations, live.generations.length),
    generations: live.generations.map((one) => ({ index: one.index, ...stateOf(one) })),
    cursor: at ? { generation: at.index, ...stateOf(at) } : null,
    ...state,
  };
}

export function evolutionModel(
  view: RunView,
  selected: EvolutionModel['selected'],
): EvolutionModel | null {
  const first = view.generations[0];
  if (!first) return null;
  return {
    vertices: first.region.vertices,
    selected,
    generations: view.generations.map((generation) => {
      const weights = weightsOf(view, generation);
      return {
        index: generation.index,
        stages: generation.region.stages.map((masks, stage) =>
          masks.map((mask, candidate) => ({
            mask,
            weight: weights?.[stage]?.[candidate] ?? 1 / masks.length,
            rank: generation.ranked?.ranks[stage]?.[candidate] ?? null,
            origin: generation.origins[stage]?.[candidate] ?? { kind: 'initial', density: 0.5 },
          })),
        ),
      };
    }),
  };
}

/** θ that proposed the region shown, and the pseudo-gradient once it is taken. */
export function thetaModel(generation: GenerationView): ThetaModel | null {
  const { theta } = generation.strategy;
  if (theta.length === 0) return null;
  return {
    vertices: generation.region.vertices,
    stages: theta.map((values, index) => ({
      index,
      theta: values,
      gradient: generation.moved?.gradient[index] ?? null,
    })),
  };
}
