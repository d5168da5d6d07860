/**
 * One run in the worker: pulls events from the engine as far as asked, holds and releases the engine
 * at its gate, takes checkpoints, and has one at hand when the GPU is lost.
 */
import { LabError } from '../../core/errors.ts';
import type { RunEvent } from '../../core/run/events.ts';
import {
  NOWHERE,
  phaseEndedBy,
  type Standing,
  type StopPhase,
  standingAfter,
} from '../../core/run/phase.ts';
import type { Training } from '../../engine/rank.ts';
import type { Recovery } from '../../engine/recovery.ts';
import type { Recovered, SavedTraining } from '../../engine/round.ts';
import type { Checkpoint, Reached, RunUntil } from '../protocol/training.ts';
import { yieldToEventLoop } from '../yieldToEventLoop.ts';

/** How often a training is saved, in milliseconds. */
const CHECKPOINT_EVERY = 15_000;

export interface RunSinks {
  readonly event: (event: RunEvent) => void;
  readonly checkpoint: (checkpoint: Checkpoint) => void;
  readonly clock: () => number;
  readonly recovery: Recovery;
}

/** The header alone is nothing to look at. */
const stopsAt = (phase: StopPhase, until: RunUntil) =>
  phase === 'finished' ||
  (until === 'phase' && phase !== 'started') ||
  (until === 'round' && phase === 'moved');

export class ActiveRun {
  readonly id: string;
  private readonly sinks: RunSinks;
  private stream: AsyncGenerator<RunEvent, void> | null = null;
  private pending: Promise<IteratorResult<RunEvent, void>> | null = null;
  private held = false;
  private coasting = false;
  private stopped = false;
  private trouble: LabError | null = null;
  private release: (() => void) | null = null;
  private training: Training | null = null;
  private saved: SavedTraining | null = null;
  private savedAt: number;
  private last: RunEvent | null = null;
  private standing: Standing = NOWHERE;
  private phase: StopPhase = 'started';

  constructor(id: string, sinks: RunSinks) {
    this.id = id;
    this.sinks = sinks;
    this.savedAt = sinks.clock();
  }

  readonly onTraining = (training: Training | null): void => {
    this.training = training;
  };

  readonly gate = async (): Promise<void> => {
    await yieldToEventLoop();
    if (this.held && !this.stopped) {
      await this.save();
      this.reportPause();
      while (this.held && !this.stopped) {
        await new Promise<void>((resolve) => {
          this.release = resolve;
        });
      }
    } else if (this.sinks.clock() - this.savedAt > CHECKPOINT_EVERY) {
      await this.save();
    }
    if (this.stopped) throw new LabError('cancelled', 'The run was stopped.');
    if (this.trouble) throw this.trouble;
  };

  /** The engine's way on after an error: from the last checkpoint, on a new device. */
  readonly recover = async (thrown: unknown): Promise<Recovered> => {
    const message = await this.sinks.recovery.recover(thrown);
    this.trouble = null;
    return { message, checkpoint: this.saved };
  };

  /**
   * Sets the engine's stream; `before` are the events that the run continues from, `saved` the
   * training in whose middle it does.
   */
  begin(
    stream: AsyncGenerator<RunEvent, void>,
    before: readonly RunEvent[],
    saved: SavedTraining | null = null,
  ): void {
    this.stream = stream;
    this.saved = saved;
    for (const event of before) this.note(event);
  }

  /** Fails the run at its next step. */
  fail(error: LabError): void {
    this.trouble = error;
  }

  private note(event: RunEvent): void {
    this.last = event;
    this.phase = phaseEndedBy(this.standing, event) ?? this.phase;
    this.standing = standingAfter(this.standing, event);
    // What has its result is not trained again.
    if (event.type === 'job/finished') this.sinks.recovery.saved();
  }

  private get reached(): Reached {
    return { phase: this.phase, round: Math.max(0, this.standing.round) };
  }

  private async save(): Promise<void> {
    const { training } = this;
    this.savedAt = this.sinks.clock();
    // A later supernet of an ensemble would need the ranks of the earlier ones: it starts again.
    if (!training || training.supernet > 0) return;
    const { round, job, supernet, step, executor } = training;
    const buffers = await executor.save();
    this.saved = { round, job, supernet, step, state: buffers };
    this.sinks.recovery.saved();
    this.sinks.checkpoint({ round, job, supernet, step, buffers });
  }

  private reportPause(): void {
    const { last, training, reached } = this;
    if (!last || last.type === 'run/paused') return;
    const paused: RunEvent = {
      type: 'run/paused',
      at: last.at,
      wall: last.wall,
      round: training?.round ?? reached.round,
      step: training?.step ?? 0,
    };
    this.last = paused;
    this.sinks.event(paused);
  }

  private tell(event: RunEvent): void {
    this.note(event);
    this.sinks.event(event);
  }

  /**
   * An interrupted run goes on to its next step, where it is held and saved. On the way it may have
   * something to report; what ends a phase, or the run, is left for `advance`.
   */
  private async coast(stream: AsyncGenerator<RunEvent, void>): Promise<void> {
    if (this.coasting) return;
    this.coasting = true;
    try {
      while (this.held && !this.stopped) {
        const outcome = await this.pending;
        // Whoever goes on meanwhile waits for the same event, and takes it.
        if (!this.held || this.stopped || !outcome || outcome.done) return;
        const event = outcome.value;
        if (event.type !== 'job/progress' && event.type !== 'device/lost') return;
        if (phaseEndedBy(this.standing, event)) return;
        this.tell(event);
        this.pending = stream.next();
      }
    } catch {
      // `advance` waits for the same promise, and throws what it threw.
    } finally {
      this.coasting = false;
    }
  }

  /** Asks the run to wait at its next step. */
  hold(): void {
    this.held = true;
  }

  /**
   * Goes on until `until`, or until `interrupted` resolves.
   * @throws LabError of the run when it failed.
   */
  async advance(until: RunUntil, interrupted: Promise<'interrupted'>): Promise<Reached> {
    const { stream } = this;
    if (!stream) throw new LabError('internal', 'The run has not begun.');
    this.held = false;
    this.release?.();
    for (;;) {
      this.pending ??= stream.next();
      const outcome = await Promise.race([this.pending, interrupted]);
      if (outcome === 'interrupted') {
        void this.coast(stream);
        return this.reached;
      }
      this.pending = null;
      if (outcome.done) return { ...this.reached, phase: 'finished' };
      const event = outcome.value;
      const phase = phaseEndedBy(this.standing, event);
      this.tell(event);
      if (event.type === 'run/failed') {
        throw new LabError(event.error.code, event.error.message, event.error.details);
      }
      if (phase && stopsAt(phase, until)) return this.reached;
    }
  }

  /** Ends the run and frees its tensors. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.release?.();
    try {
      await this.pending;
    } catch {
      // The gate ends a run by throwing `cancelled`; nothing is left to report.
    }
    await this.stream?.return();
    this.training = null;
  }
}
