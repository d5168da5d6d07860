/** From the view of a run to what the charts draw. Pure. */
import { stageShapes } from '../../core/architecture.ts';
import { readCell } from '../../core/cellId.ts';
import type { Origin } from '../../core/method/jobs.ts';
import { readPseudoGradientNote } from '../../core/method/pseudoGradient.ts';
import { methodById } from '../../core/method/registry.ts';
import type { RunConfig } from '../../core/run/config.ts';
import { chanceLevel, datasetName } from '../../core/run/datasets.ts';
import { currentRound, type RoundView, type RunView, roundSteps } from '../../core/run/reducer.ts';
import { currentRegion, type RegionView, regionsOf } from '../../core/run/regionView.ts';
import { roundWord } from '../../core/run/rounds.ts';
import { spaceOf } from '../../core/space/registry.ts';
import type { AlphaModel } from '../../viz/alpha/model.ts';
import type { EvaluationsModel } from '../../viz/evaluations/model.ts';
import type { EvolutionModel } from '../../viz/evolution/model.ts';
import type { SpaceModel } from '../../viz/space/model.ts';
import type { ThetaModel } from '../../viz/theta/model.ts';
import type { TimelineModel, TimelinePhase } from '../../viz/timeline/model.ts';
import type { TrainingModel } from '../../viz/training/model.ts';
import { networkShape } from '../costs/network.ts';
import { phaseName } from '../page/phases.ts';
import { explainOrigin, originLabels } from './origins.ts';
import type { CandidateRef } from './selection.ts';

/** While α moves: the cell that leads in each stage, which is the best by FaDE so far. */
function leadingChoice({ progress }: RegionView): readonly number[] | null {
  const last = progress.at(-1);
  return last?.alphaMoves ? last.weights.map((stage) => stage.indexOf(Math.max(...stage))) : null;
}

export function spaceModel(
  view: RunView,
  highlighted: readonly CandidateRef[] | null,
): SpaceModel | null {
  const generation = currentRegion(view);
  const shape = view.config && networkShape(view.config);
  if (!generation || !view.config || !shape) return null;
  const shapes = stageShapes(shape);
  const { region, ranked, origins, weights } = generation;
  return {
    input: { ...shape.input, name: datasetName(view.config.task.dataset) },
    classes: shape.classes,
    stages: region.map((cells, stage) => ({
      index: stage,
      channels: shapes[stage]?.channels ?? 1,
      size: shapes[stage]?.height ?? 1,
      pooling: shape.stages[stage]?.pooling ?? 1,
      candidates: cells.map((cell, candidate) => ({
        cell,
        weight: weights?.[stage]?.[candidate] ?? 1 / cells.length,
        rank: ranked?.ranks[stage]?.[candidate] ?? null,
        origin: origins[stage]?.[candidate] ?? null,
      })),
    })),
    bestChoice: ranked?.best[0]?.choice ?? leadingChoice(generation),
    originLabels: originLabels(view.config),
    highlighted,
  };
}

const progressIn = ({ jobs }: RoundView) => jobs.flatMap(({ progress }) => progress);

export function trainingModel(view: RunView): TrainingModel | null {
  let training = -1;
  const points = view.rounds.flatMap((round) =>
    progressIn(round).map((event, index, events) => {
      const before = events[index - 1];
      const same = before?.job === event.job && before.supernet === event.supernet;
      if (!same) training += 1;
      return {
        step: event.at,
        loss: event.loss,
        accuracy: event.accuracy,
        alphaMoves: event.kind === 'rank' ? event.alphaMoves : null,
        training,
      };
    }),
  );
  if (points.length === 0 || !view.config) return null;
  const generations = view.rounds.flatMap((round) => {
    const last = progressIn(round).at(-1);
    return last ? [{ index: round.index, start: round.at, end: last.at }] : [];
  });
  return {
    points,
    round: roundWord(view.config),
    generations,
    chance: chanceLevel(view.config.task.dataset),
  };
}

export function alphaModel(config: RunConfig, generation: RegionView): AlphaModel | null {
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

function phaseOf({ phase, complete }: RoundView): TimelinePhase {
  if (complete) return 'moved';
  if (phase === 'measured') return 'measured';
  return phase === 'proposed' ? 'proposed' : 'training';
}

export function timelineModel(
  live: RunView,
  view: RunView,
  state: { readonly live: boolean; readonly running: boolean },
): TimelineModel | null {
  const { config } = live;
  if (!config) return null;
  const stateOf = (round: RoundView) => {
    const { done, all } = roundSteps(round, config);
    const whole = round.complete || round.phase === 'measured';
    return { phase: phaseOf(round), progress: whole ? 1 : done / Math.max(1, all) };
  };
  const at = currentRound(view);
  return {
    round: roundWord(config),
    phases: {
      proposed: phaseName(config, 'proposed'),
      training: phaseName(config, 'training'),
      measured: phaseName(config, 'measured'),
      moved: phaseName(config, 'moved'),
    },
    total: Math.max(config.search.generations, live.rounds.length),
    generations: live.rounds.map((one) => ({ index: one.index, ...stateOf(one) })),
    cursor: at ? { generation: at.index, ...stateOf(at) } : null,
    ...state,
  };
}

const UNKNOWN: Origin = { kind: 'initial', parents: [], values: {} };

export function evolutionModel(
  view: RunView,
  selected: EvolutionModel['selected'],
): EvolutionModel | null {
  const regions = regionsOf(view);
  const { config } = view;
  if (regions.length === 0 || !config) return null;
  return {
    selected,
    originLabels: originLabels(config),
    generations: regions.map(({ index, region, origins, ranked, weights }) => ({
      index,
      stages: region.map((cells, stage) =>
        cells.map((cell, candidate) => {
          const origin = origins[stage]?.[candidate] ?? UNKNOWN;
          return {
            cell,
            weight: weights?.[stage]?.[candidate] ?? 1 / cells.length,
            rank: ranked?.ranks[stage]?.[candidate] ?? null,
            origin,
            why: explainOrigin(config, origin),
          };
        }),
      ),
    })),
  };
}

/** θ that proposed the region shown, and the pseudo-gradient once it is taken. */
export function thetaModel(view: RunView): ThetaModel | null {
  const generation = currentRegion(view);
  if (!generation || !view.config) return null;
  const before = view.rounds[view.current - 1];
  const theta = readPseudoGradientNote(before?.note)?.theta ?? null;
  const moved = readPseudoGradientNote(generation.round.note);
  const sites = spaceOf(view.config.space).parts?.space.sites ?? [];
  return {
    vertices: readCell(generation.region[0]?.[0] ?? '2:0').vertices,
    stages: generation.region.map((_, index) => ({
      index,
      theta: theta?.[index] ?? sites.map(() => 0.5),
      gradient: moved?.gradient[index] ?? null,
    })),
  };
}

/** Every training alone of a run that has its result, in order. */
export const evaluationsOf = ({ rounds }: RunView) =>
  rounds.flatMap((round) =>
    round.jobs.flatMap(({ job, result }) =>
      job.kind === 'evaluate' && result?.kind === 'evaluate'
        ? [{ round: round.index, job, result }]
        : [],
    ),
  );

export function evaluationsModel(view: RunView, selected: number | null): EvaluationsModel | null {
  const evaluations = evaluationsOf(view);
  if (!view.config || evaluations.length === 0) return null;
  const { search, method, task } = view.config;
  return {
    evaluations: evaluations.map(({ round, job, result }) => ({
      id: job.id,
      round,
      accuracy: result.accuracy,
      origin: job.origin.kind,
      parents: job.origin.parents,
    })),
    origins: methodById(method.id).descriptor.origins.map(({ kind, label }) => ({ kind, label })),
    chance: chanceLevel(task.dataset),
    limit: search.evaluations > 0 ? search.evaluations : null,
    selected,
  };
}
