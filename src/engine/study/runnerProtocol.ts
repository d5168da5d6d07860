/** What a study says to a runner on another thread, and what it answers. Plain data throughout. */
import type { ErrorRecord } from '../../core/errors.ts';
import type { StudyJob } from '../../core/study/events.ts';
import type { JobResult } from './jobs.ts';
import type { RunnerNews } from './runners.ts';

/** `Setup`: what the thread needs to begin: the study's config, and where its files are. */
export type ToRunner<Setup> =
  | { readonly kind: 'open'; readonly setup: Setup }
  | { readonly kind: 'run'; readonly id: number; readonly jobs: readonly StudyJob[] }
  | { readonly kind: 'cancel'; readonly id: number };

export type FromRunner =
  /** The thread has begun and listens. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'news'; readonly id: number; readonly news: RunnerNews }
  | { readonly kind: 'done'; readonly id: number; readonly results: readonly JobResult[] }
  | { readonly kind: 'failed'; readonly id: number; readonly error: ErrorRecord };
