/**
 * What an executor holds of the kernels: a heap of its own for as long as it lives, with the thread team
 * of this thread if there is one. While the team is busy, passes are done by this thread alone, with the
 * same results.
 */
import { LabError } from '../../../core/errors.ts';
import type { Plan } from '../../../core/schedule.ts';
import { giveBack, type KernelHeap, takeHeap } from './kernels.ts';
import type { Pass } from './pass.ts';
import { LONE_MEMBER, type TeamMember } from './teamMember.ts';
import { currentTeam, type SharedHeap, type ThreadTeam } from './threadTeam.ts';

/** What an executor holds while it lives: a heap, and a claim on those who help. */
export interface HeapLease {
  readonly heap: KernelHeap;
  /** This thread among all that may work on the heap. */
  readonly member: TeamMember;
  /** Begins a pass. This thread's part in it: all of it where the others are not free. */
  begin(pass: Pass): TeamMember;
  /** Waits for the end of a pass. @throws LabError `worker-died` */
  end(): void;
  /** Ends a pass that failed. */
  abandon(): void;
  /** Gives the heap back. */
  release(): void;
}

class SoloLease implements HeapLease {
  readonly heap = takeHeap();
  readonly member = LONE_MEMBER;
  begin = () => LONE_MEMBER;
  end = () => undefined;
  abandon = () => undefined;
  release = () => giveBack(this.heap);
}

class TeamLease implements HeapLease {
  readonly heap: KernelHeap;
  readonly member: TeamMember;
  private readonly team: ThreadTeam;
  private readonly shared: SharedHeap;
  private readonly network: number;
  private running = false;
  /** A helper that did not end as it should may still write to this heap. */
  private broken = false;

  constructor(own: ThreadTeam, plan: Plan, alphas: number) {
    this.team = own;
    this.member = own.member;
    this.shared = own.takeHeap();
    this.heap = this.shared.heap;
    this.network = own.open(this.shared, plan, alphas);
  }

  begin(pass: Pass): TeamMember {
    if (this.broken)
      throw new LabError(
        'worker-died',
        'The threads of this training have ended: continue the run to go on.',
      );
    if (this.team.dead || this.team.busy) return LONE_MEMBER;
    this.team.begin(this.network, pass);
    this.running = true;
    return this.member;
  }

  end(): void {
    if (!this.running) return;
    this.team.join();
    this.running = false;
  }

  abandon(): void {
    if (!this.running) return;
    this.running = false;
    this.team.abandon();
    this.broken = this.team.dead;
  }

  release(): void {
    this.team.closeNetwork(this.network);
    this.team.giveBack(this.shared);
  }
}

/** A heap for an executor: shared with the team, if there is one. @throws LabError `backend-unavailable` */
export function leaseHeap(plan: Plan, alphas: number): HeapLease {
  try {
    const team = currentTeam();
    if (team) return new TeamLease(team, plan, alphas);
  } catch (thrown) {
    // A machine that sets no memory aside for threads may still have some for one.
    if (!(thrown instanceof RangeError)) throw thrown;
  }
  return new SoloLease();
}
