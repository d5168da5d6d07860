/** What the parts of this screen read: the architecture, its settings, and how its training stands. */
import { useEffect, useMemo } from 'react';
import type { NetworkShape } from '../../core/architecture.ts';
import { architectureId, readArchitecture } from '../../core/cellId.ts';
import { type ErrorRecord, LabError, toErrorRecord } from '../../core/errors.ts';
import { formatPercent } from '../../core/format.ts';
import type { RunConfig } from '../../core/run/config.ts';
import { DEFAULT_CONFIG } from '../../core/run/presets.ts';
import type { RunView } from '../../core/run/reducer.ts';
import { regionsOf } from '../../core/run/regionView.ts';
import { roundWord } from '../../core/run/rounds.ts';
import type { ArchitectureId } from '../../core/space/ids.ts';
import type { CurvePoint } from '../../core/study/events.ts';
import type { TrainingOutcome, TrainingRequest } from '../../core/trainedModel.ts';
import { chooseNetwork } from '../../state/commands.ts';
import { trainingKey } from '../../state/networks/key.ts';
import type { NetworkTraining } from '../../state/networks/types.ts';
import type { LabState, LabStore } from '../../state/store.ts';
import { networkShape } from '../costs/network.ts';
import { useLab, useLabState, useNetworks } from '../page/lab.ts';
import { choose, useChoices } from './choices.ts';

/** The settings that the architecture was listed under; else those of the run, or of the next one. */
export const settingsOf = (state: LabState): RunConfig =>
  state.architectureConfig ?? state.view.config ?? state.draft.config ?? DEFAULT_CONFIG;

/** An architecture that the settings can build. */
export interface Built {
  /** Canonical. */
  readonly id: ArchitectureId;
  readonly config: RunConfig;
  readonly shape: NetworkShape;
}

/** @throws LabError `usage` if the id names nothing that the settings can build. */
function build(id: string, config: RunConfig): Built {
  const architecture = readArchitecture(id);
  const shape = networkShape(config);
  const { length } = architecture.masks;
  if (!shape || shape.stages.length !== length) {
    const stages = (count: number) => `${count} ${count === 1 ? 'stage' : 'stages'}`;
    throw new LabError(
      'usage',
      `${id} has ${stages(length)}, the settings have ${stages(shape?.stages.length ?? 0)}. Choose an architecture of the open run or study, or change the number of stages in the settings.`,
    );
  }
  return { id: architectureId(architecture), config, shape };
}

/** Name of what is exported of a network: an id has colons and points. */
export const fileStem = (kind: 'network' | 'training', id: string): string =>
  `fade-${kind}-${id.replaceAll(/[^0-9a-z]+/g, '-')}`;

/** What can be built of an id, or why nothing can. */
export function tryBuild(
  id: string,
  config: RunConfig,
): { readonly built: Built } | { readonly problem: string } {
  try {
    return { built: build(id, config) };
  } catch (thrown) {
    return { problem: toErrorRecord(thrown).message };
  }
}

export interface TrainingView {
  readonly request: TrainingRequest;
  readonly key: string;
  readonly outcome: TrainingOutcome | null;
  /** Null unless it trains or waits to. */
  readonly training: NetworkTraining | null;
  /** How far it came, if it was cut off; else empty. */
  readonly reached: readonly CurvePoint[];
  /** True if something else trains first. */
  readonly waits: boolean;
  readonly failure: ErrorRecord | null;
}

const NOT_BEGUN: readonly CurvePoint[] = [];

/** Steps of a training: the reader's choice, or as many as a supernet has. */
export const stepsOf = (config: RunConfig, chosen: number | null): number =>
  chosen ?? config.supernet.steps;

/** How the chosen training of an architecture stands; looks among the stored ones first. */
export function useTraining(built: Built): TrainingView {
  const { networks } = useLab();
  const steps = useChoices((choices) => choices.steps);
  const seed = useChoices((choices) => choices.seed);
  const { id, config } = built;
  const request = useMemo(
    () => ({ config, architecture: id, seed, steps: stepsOf(config, steps) }),
    [config, id, seed, steps],
  );
  const key = useMemo(() => trainingKey(request), [request]);
  useEffect(() => void networks.recall(request), [networks, request]);
  const outcome = useNetworks((state) => state.outcomes[key] ?? null);
  const training = useNetworks((state) => state.training.find((one) => one.key === key) ?? null);
  const reached = useNetworks((state) => state.reached[key] ?? NOT_BEGUN);
  const waits = useNetworks(
    (state) => state.training[0] !== undefined && state.training[0].key !== key,
  );
  const failure = useNetworks((state) => state.failures[key] ?? null);
  return useMemo(
    () => ({ request, key, outcome, training, reached, waits, failure }),
    [request, key, outcome, training, reached, waits, failure],
  );
}

/** The architecture beside the first, if one is chosen and can be built. */
export function useCompared(config: RunConfig): Built | null {
  const id = useChoices((choices) => choices.compare);
  return useMemo(() => {
    if (id === null) return null;
    const tried = tryBuild(id, config);
    return 'built' in tried ? tried.built : null;
  }, [id, config]);
}

export interface Listed {
  readonly id: string;
  /** What the list says of it, e.g. `1st by FaDE`. */
  readonly note: string;
  readonly config: RunConfig;
}

/** Opens one from a list, with the settings of its list. */
export function openListed(store: LabStore, { id, config }: Pick<Listed, 'id' | 'config'>): void {
  choose({ compare: null, stage: null, image: null, samples: { kind: 'wrong' } });
  chooseNetwork(store, id, config);
}

export interface ArchitectureList {
  readonly name: string;
  readonly items: readonly Listed[];
}

const MOST_LISTED = 30;

/** Architectures of the open run and study, best first. */
export function useLists(): readonly ArchitectureList[] {
  const view = useLabState((state) => state.view);
  const study = useLabState((state) => state.study.view);
  return useMemo(
    () => [...rankedList(view), ...measuredList(view), ...studyLists(study)],
    [view, study],
  );
}

/** The best of the last ranked region. */
function rankedList(view: RunView): ArchitectureList[] {
  const { config } = view;
  const last = regionsOf(view).findLast(({ ranked }) => ranked);
  if (!config || !last?.ranked) return [];
  const name = `${roundWord(config)} ${last.index + 1}`;
  const items = last.ranked.best.slice(0, MOST_LISTED).map(({ id }, place) => ({
    id,
    note: `${place + 1}. of ${name}`,
    config,
  }));
  return [{ name: `Best of ${name}`, items }];
}

/** The best that a search has trained alone, each with its highest accuracy. */
function measuredList({ config, rounds }: RunView): ArchitectureList[] {
  const best = new Map<ArchitectureId, number>();
  for (const { job, result } of rounds.flatMap(({ jobs }) => jobs)) {
    if (job.kind !== 'evaluate' || result?.kind !== 'evaluate') continue;
    const { accuracy } = result;
    if (accuracy !== null) best.set(job.id, Math.max(accuracy, best.get(job.id) ?? 0));
  }
  if (!config || best.size === 0) return [];
  const items = [...best]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_LISTED)
    .map(([id, accuracy]) => ({ id, note: formatPercent(accuracy), config }));
  return [{ name: 'Best of the search', items }];
}

function studyLists({ config, architectures }: LabState['study']['view']): ArchitectureList[] {
  if (!config || architectures.length === 0) return [];
  const items = architectures.slice(0, MOST_LISTED).map(({ architecture, choice }) => ({
    id: architecture,
    note: choice.map((candidate) => candidate + 1).join(' › '),
    config: config.run,
  }));
  return [{ name: 'Correlation study', items }];
}
