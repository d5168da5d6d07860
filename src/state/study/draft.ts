/** The form of a new study, before it is one. */
import type { Region } from '../../core/region.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { RegionOrigin, StudyAmount, StudyConfig } from '../../core/study/config.ts';
import {
  clampAmount,
  defaultAmount,
  defaultVariants,
  forStudy,
  studyConfig,
} from '../../core/study/defaults.ts';

/** A region that a search proposed, with the settings it was proposed under. */
export interface CapturedRegion {
  readonly origin: Extract<RegionOrigin, { kind: 'generation' }>;
  /** Title of the run. */
  readonly title: string;
  readonly region: Region;
  readonly config: RunConfig;
}

export interface StudyDraft {
  /** `captured`: the region below; else drawn anew for the settings of the next run. */
  readonly source: 'captured' | 'depth-stratified' | 'random';
  readonly captured: CapturedRegion | null;
  /** Architectures to train alone; more than the region holds counts as all. */
  readonly architectures: number;
  readonly seeds: number;
  readonly supernets: number;
  /** Training steps of an architecture alone; null: as many as a supernet. */
  readonly steps: number | null;
  /** Ids of the supernet variants, the main one first. */
  readonly variants: readonly string[];
  readonly proxies: boolean;
  readonly checkpoints: number;
  /** True once an amount was typed: it is no longer that of the preset. */
  readonly touched: boolean;
}

export const EMPTY_STUDY_DRAFT: StudyDraft = {
  source: 'depth-stratified',
  captured: null,
  architectures: 25,
  seeds: 2,
  supernets: 2,
  steps: null,
  variants: ['gumbel'],
  proxies: true,
  checkpoints: 2,
  touched: false,
};

/** A study that could start. */
export interface PlannedStudy {
  readonly config: StudyConfig;
  readonly amount: StudyAmount;
}

/** The settings that a draft's study trains with: those of its region's run, or of the next run. */
export function settingsOf({ source, captured }: StudyDraft, next: RunConfig): RunConfig {
  return source === 'captured' && captured ? captured.config : forStudy(next);
}

/**
 * The study that a draft describes. Untouched amounts are those of the preset.
 * @throws LabError `config-invalid`, naming the field, if it cannot run.
 */
export function planStudy(draft: StudyDraft, next: RunConfig): PlannedStudy {
  const run = settingsOf(draft, next);
  const { source, captured, steps, checkpoints, proxies } = draft;
  const chosen = defaultVariants(run).filter(({ id }) => draft.variants.includes(id));
  const config = studyConfig(run, {
    ...(source === 'captured' && captured
      ? { region: captured.region, origin: captured.origin }
      : { origin: { kind: source === 'random' ? 'random' : 'depth-stratified' } }),
    ...(chosen.length > 0 ? { variants: chosen } : {}),
    ...(steps === null ? {} : { steps }),
    checkpoints,
    proxies,
  });
  if (!draft.touched) return { config, amount: defaultAmount(config) };
  const { seeds, supernets } = draft;
  // More than there are means all of them; too few is for the form to say.
  const most = clampAmount(config.region, {
    architectures: Number.MAX_SAFE_INTEGER,
    seeds,
    supernets,
  });
  const architectures = Math.min(draft.architectures, most.architectures);
  return { config, amount: { architectures, seeds, supernets } };
}
