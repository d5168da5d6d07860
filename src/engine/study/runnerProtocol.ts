/** What a study says to a runner on another thread, and what it answers. Plain data throughout. */
import type { Call, NoPushes } from '../../core/rpc/protocol.ts';
import type { StudyJob } from '../../core/study/events.ts';
import type { JobResult } from './jobs.ts';
import type { RunnerNews } from './runners.ts';

/** `Setup`: what the thread needs to begin: the study's config, and where its files are. */
export interface RunnerProtocol<Setup> {
  readonly setup: Setup;
  readonly requests: {
    /** Does the jobs; results in their order. */
    run: Call<readonly StudyJob[], readonly JobResult[], RunnerNews>;
  };
  readonly pushes: NoPushes;
}
