/**
 * Threads that do one pass together, seen from one of them. They meet at barriers, which are a few
 * words of shared memory: what a thread wrote before a barrier is seen by all others after it.
 */
import { LabError } from '../../../core/errors.ts';

export interface TeamMember {
  /** Of this thread, 0..count−1; 0 leads. */
  readonly index: number;
  readonly count: number;
  /**
   * Waits for all others.
   * @throws LabError `worker-died` if one of them failed or has ended; `Stopped` in helpers.
   */
  barrier(): void;
  /** A sign of life. */
  beat(): void;
}

/** One thread alone. */
export const LONE_MEMBER: TeamMember = {
  index: 0,
  count: 1,
  barrier: () => undefined,
  beat: () => undefined,
};

/** Ends the pass of a helper: the leader does not go on with it. */
export class Stopped extends Error {}

/** Words of the shared memory: rounds of barriers, threads at the present one, helpers that ended. */
const ROUND = 0;
const ARRIVED = 1;
const ENDED = 2;
/** Not 0: the pass comes to nothing. */
const STOP = 3;
const BEATS = 4;
/** Why a helper failed: a length and character codes. */
const REASON = 5;
const REASON_LENGTH = 300;

/** Looks before a thread goes to sleep: some 100 µs, as long as waking it would take. */
const SPINS = 20_000;
/** Milliseconds between two looks at the beats. */
const SLICE_MS = 500;

/** The memory that the members of a team meet in. */
export const createControl = () =>
  new Int32Array(
    new SharedArrayBuffer((REASON + 1 + REASON_LENGTH) * Int32Array.BYTES_PER_ELEMENT),
  );

export class BarrierMember implements TeamMember {
  readonly index: number;
  readonly count: number;
  private readonly control: Int32Array;
  private readonly patienceMs: number;
  /** Why nobody needs to wait for the others any more. */
  private lost: string | null = null;

  /** `patience`: milliseconds without a sign of life from anybody until a wait is given up. */
  constructor(control: Int32Array, index: number, count: number, patienceMs = Infinity) {
    this.control = control;
    this.index = index;
    this.count = count;
    this.patienceMs = patienceMs;
  }

  beat(): void {
    Atomics.add(this.control, BEATS, 1);
  }

  barrier(): void {
    const { control } = this;
    const round = Atomics.load(control, ROUND);
    this.checkStopped();
    this.beat();
    if (Atomics.add(control, ARRIVED, 1) + 1 === this.count) {
      Atomics.store(control, ARRIVED, 0);
      this.nextRound();
    } else {
      this.waitWhile(ROUND, round);
    }
    this.checkStopped();
  }

  /** Helpers: this pass is over. */
  end(): void {
    Atomics.add(this.control, ENDED, 1);
    Atomics.notify(this.control, ENDED);
  }

  /** Helpers: the pass cannot be done. */
  fail(reason: string): void {
    const codes = Array.from(reason.slice(0, REASON_LENGTH), (_, i) => reason.charCodeAt(i));
    this.control.set([codes.length, ...codes], REASON);
    this.stop();
  }

  /** The leader: a helper has ended. */
  lose(why: string): void {
    this.lost ??= why;
  }

  /** Nobody goes on with this pass. */
  stop(): void {
    Atomics.store(this.control, STOP, 1);
    this.nextRound();
  }

  /**
   * The leader: waits for the end of all helpers, and is ready for the next pass.
   * @throws LabError `worker-died` as a barrier does.
   */
  join(): void {
    const failed = this.settle();
    if (failed !== null) throw teamFailed(failed);
  }

  /** The leader: as `join`, after an end of its own. @throws LabError `worker-died` if one is gone. */
  abandon(): void {
    this.stop();
    this.settle();
  }

  /** Waits for all helpers; why the pass was stopped, or null if it was not. */
  private settle(): string | null {
    const { control } = this;
    for (;;) {
      const ended = Atomics.load(control, ENDED);
      if (ended === this.count - 1) break;
      this.waitWhile(ENDED, ended);
    }
    const stopped = Atomics.load(control, STOP) === 0 ? null : this.reason();
    for (const word of [ARRIVED, ENDED, STOP, REASON]) Atomics.store(control, word, 0);
    return stopped;
  }

  private nextRound(): void {
    Atomics.add(this.control, ROUND, 1);
    Atomics.notify(this.control, ROUND);
  }

  private reason(): string {
    const { control, lost } = this;
    if (lost !== null) return lost;
    const codes = control.subarray(REASON + 1, REASON + 1 + Atomics.load(control, REASON));
    return String.fromCharCode(...codes);
  }

  private checkStopped(): void {
    if (this.lost !== null) throw teamFailed(this.lost);
    if (Atomics.load(this.control, STOP) === 0) return;
    throw this.index === 0 ? teamFailed(this.reason()) : new Stopped();
  }

  private waitWhile(word: number, value: number): void {
    const { control, patienceMs } = this;
    if (this.lost !== null) throw teamFailed(this.lost);
    for (let i = 0; i < SPINS; i++) if (Atomics.load(control, word) !== value) return;
    let beats = Atomics.load(control, BEATS);
    for (let silentMs = 0; silentMs < patienceMs; ) {
      const outcome = Atomics.wait(control, word, value, SLICE_MS);
      // Whoever changed the word last may wake a thread that waits for the next change already.
      if (Atomics.load(control, word) !== value) return;
      const now = Atomics.load(control, BEATS);
      if (now !== beats) silentMs = 0;
      else silentMs += outcome === 'timed-out' ? SLICE_MS : 1;
      beats = now;
    }
    this.lost = `no sign of life for ${Math.ceil(patienceMs / 1000)} s`;
    throw teamFailed(this.lost);
  }
}

const teamFailed = (why: string) =>
  new LabError(
    'worker-died',
    `A thread that computes a part of every step has failed: ${why || 'no reason given'}. The log up to here is kept: continue the run to go on.`,
    { reason: why },
  );
