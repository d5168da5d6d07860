/**
 * One run in the worker: pulls events from the engine as far as asked, holds and releases the engine
 * at its gate, takes checkpoints, and has one at hand when the GPU is lost.
 */
import { LabError } from '../../core/errors.ts';
import type { RunEvent } from '../../core/run/events.ts';
import type { Recovered, SavedTraining } from '../../engine/generation.ts';
import type { Training } from '../../engine/rank.ts';
import type { Recovery } from '../../engine/recovery.ts';
import type { Checkpoint, Phase, Reached, RunUntil } from '../protocol/training.ts';
import { yieldToEventLoop } from '../yieldToEventLoop.ts';

/** How often a running supernet is saved, in milliseconds. */
const CHECKPOINT_EVERY = 15_000;

export interface RunSinks {
  readonly event: (event: RunEvent) => void;
  readonly checkpoint: (checkpoint: Checkpoint) => void;
  readonly clock: () => number;
  readonly recovery: Recovery;
}

function phaseOf(event: RunEvent, supernets: number): Phase | null {
  switch (event.type) {
    case 'generation/started':
      return 'proposed';
    case 'supernet/progress':
      return event.step === event.steps && event.supernet === supernets - 1 ? 'trained' : null;
    case 'generation/ranked':
      return 'ranked';
    case 'generation/moved':
      return 'moved';
    case 'run/finished':
      return 'finished';
    default:
      return null;
  }
}

const stopsAt = (phase: Phase, until: RunUntil) =>
  phase === 'finished' || until === 'phase' || (until === 'generation' && phase === 'moved');

export class ActiveRun {
  readonly id: string;
  private readonly supernets: number;
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
  private reached: Reached = { phase: 'proposed', generation: 0 };

  constructor(id: string, supernets: number, sinks: RunSinks) {
    this.id = id;
    this.supernets = supernets;
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
    const generation = 'generation' in event ? event.generation : this.reached.generation;
    const phase = phaseOf(event, this.supernets);
    this.reached = { phase: phase ?? this.reached.phase, generation };
    // What is ranked is not trained again.
    if (phase === 'ranked') this.sinks.recovery.saved();
  }

  private async save(): Promise<void> {
    const { training } = this;
    this.savedAt = this.sinks.clock();
    // A later supernet of an ensemble would need the ranks of the earlier ones: it starts again.
    if (!training || training.supernet > 0) return;
    const { generation, supernet, step, executor } = training;
    const buffers = await executor.save();
    this.saved = { generation, supernet, step, state: buffers };
    this.sinks.recovery.saved();
    this.sinks.checkpoint({ generation, supernet, step, buffers });
  }

  private reportPause(): void {
    const { last, training, reached } = this;
    if (!last || last.type === 'run/paused') return;
    const paused: RunEvent = {
      type: 'run/paused',
      at: last.at,
      wall: last.wall,
      generation: training?.generation ?? reached.generation,
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
        if (event.type !== 'supernet/progress' && event.type !== 'device/lost') return;
        if (phaseOf(event, this.supernets)) return;
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
      this.tell(event);
      if (event.type === 'run/failed') {
        throw new LabError(event.error.code, event.error.message, event.error.details);
      }
      const phase = phaseOf(event, this.supernets);
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
