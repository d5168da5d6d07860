/**
 * The threads that executors of this thread share for the parts of a pass. There is one team a thread
 * at most, opened once by whoever knows how to start threads here; without one, or while it is busy,
 * passes are done by this thread alone, with the same results.
 */
import { LabError, toErrorRecord } from '../../../core/errors.ts';
import type { Plan } from '../../../core/schedule.ts';
import type { LanePort } from '../../lanePort.ts';
import { giveBack, KernelHeap, sharedMemory, takeHeap } from './kernels.ts';
import type { Pass } from './pass.ts';
import { SHARES } from './reductionSlots.ts';
import { type Crew, createControl, SharedCrew, SOLO } from './teamMember.ts';
import type { FromHelper, ToHelper } from './teamProtocol.ts';

/** The way to a helper. */
export type TeamPort = LanePort<FromHelper, ToHelper>;

export interface TeamSetup {
  /** Starts a thread that runs `serveTeam`. */
  readonly spawn: () => TeamPort;
  /** Threads that share the work, this one included. */
  readonly threads: number;
  /** Reads the kernels for shared memory. */
  readonly kernels: () => Promise<BufferSource>;
  /** Milliseconds without a sign of life until a helper counts as dead. */
  readonly patience?: number;
}

export interface TeamInfo {
  /** 1 if there is no team. */
  readonly threads: number;
  /** Why there are no more; empty if there is nothing to explain. */
  readonly reason: string;
}

/** A helper is silent for as long as one window takes to go through a stage. */
const PATIENCE = 30_000;

/** Heaps kept for reuse. */
const MOST_SPARE = 2;

/** Threads for a machine: all of two cores, and of more all but one. */
export const threadsFor = (cores: number) =>
  Math.max(1, Math.min(SHARES, cores <= 2 ? cores : cores - 1));

interface SharedHeap {
  readonly id: number;
  readonly heap: KernelHeap;
}

class Team {
  readonly crew: SharedCrew;
  /** Whether a pass is under way. */
  busy = false;
  dead = false;
  private readonly module: WebAssembly.Module;
  private readonly control = createControl();
  private ports: readonly TeamPort[] = [];
  private spare: SharedHeap[] = [];
  private ids = 0;

  constructor(module: WebAssembly.Module, threads: number, patience: number) {
    this.module = module;
    this.crew = new SharedCrew(this.control, 0, threads, patience);
  }

  /** Resolves when all have begun. @throws LabError `worker-died` */
  async start(spawn: () => TeamPort): Promise<void> {
    const { module, control, crew } = this;
    const started = Array.from({ length: crew.count - 1 }, () => spawn());
    this.ports = started;
    const begun = started.map(
      (port) =>
        new Promise<void>((resolve, reject) => {
          const died = (why: string) => {
            this.die(why);
            reject(new LabError('worker-died', `A thread could not be started: ${why}.`));
          };
          port.listen(() => resolve(), died);
        }),
    );
    started.forEach((port, i) => {
      port.post({ kind: 'start', module, control, index: i + 1, count: crew.count });
    });
    await Promise.all(begun);
  }

  /** Ends all helpers, one of which has ended; a pass that is under way fails. */
  die(why: string): void {
    if (this.dead) return;
    this.crew.lose(why);
    if (this.busy) this.crew.stop();
    this.close();
  }

  close(): void {
    this.dead = true;
    this.spare = [];
    for (const port of this.ports) port.close();
    if (team === this) team = null;
  }

  private tell(message: ToHelper): void {
    for (const port of this.ports) port.post(message);
  }

  takeHeap(): SharedHeap {
    const kept = this.spare.pop();
    if (kept) return kept;
    const taken = { id: this.ids++, heap: new KernelHeap(this.module, sharedMemory()) };
    this.tell({ kind: 'heap', heap: taken.id, memory: taken.heap.memory });
    return taken;
  }

  giveBack(heap: SharedHeap): void {
    if (this.dead) return;
    if (this.spare.length < MOST_SPARE) this.spare.push(heap);
    else this.tell({ kind: 'forget', heap: heap.id });
  }

  open(heap: SharedHeap, plan: Plan, alphas: number): number {
    const network = this.ids++;
    this.tell({ kind: 'open', network, heap: heap.id, plan, alphas });
    return network;
  }

  closeNetwork(network: number): void {
    if (!this.dead) this.tell({ kind: 'close', network });
  }

  begin(network: number, pass: Pass): void {
    this.busy = true;
    this.tell({ kind: 'pass', network, pass });
  }

  /** @throws LabError `worker-died` */
  join(): void {
    this.crew.join();
    this.busy = false;
  }

  abandon(): void {
    try {
      this.crew.abandon();
    } catch {
      this.close();
    }
    this.busy = false;
  }
}

let team: Team | null = null;
let opening: Promise<TeamInfo> | null = null;

/** Threads that share the passes of this thread. */
export const teamThreads = () => team?.crew.count ?? 1;

const alone = (reason: string): TeamInfo => ({ threads: 1, reason });

function canShare(): boolean {
  const isolated = 'crossOriginIsolated' in globalThis ? globalThis.crossOriginIsolated : true;
  return typeof SharedArrayBuffer === 'function' && isolated;
}

/**
 * Opens the team of this thread, unless there is one. Never throws: where there can be no team, this
 * thread goes on alone, and the answer says why.
 */
export function openTeam(setup: TeamSetup): Promise<TeamInfo> {
  if (team) return Promise.resolve({ threads: team.crew.count, reason: '' });
  opening ??= open(setup).finally(() => {
    opening = null;
  });
  return opening;
}

/** The team that this place allows, as far as that is known without starting one. */
export function teamHere(wanted: number): TeamInfo {
  const threads = Math.min(SHARES, wanted);
  if (threads <= 1) return alone('There is one core to compute with.');
  if (!canShare())
    return alone(
      'Threads need a cross-origin isolated page: its server does not send the headers for that.',
    );
  return { threads, reason: '' };
}

async function open(setup: TeamSetup): Promise<TeamInfo> {
  const { spawn, kernels, patience = PATIENCE } = setup;
  const here = teamHere(setup.threads);
  const { threads } = here;
  if (threads <= 1) return here;
  let opened: Team | null = null;
  try {
    opened = new Team(await WebAssembly.compile(await kernels()), threads, patience);
    await opened.start(spawn);
    team = opened;
    return here;
  } catch (thrown) {
    opened?.close();
    return alone(toErrorRecord(thrown).message);
  }
}

/** Ends the helpers of this thread. Executors that are left go on alone. */
export function closeTeam(): void {
  team?.die('it was closed');
}

/** Where an executor works: a heap, and those who help. */
export interface Workplace {
  readonly heap: KernelHeap;
  /** All who may work here, seen from this thread. */
  readonly crew: Crew;
  /** Begins a pass. The crew that does it: this thread alone where the others are not free. */
  begin(pass: Pass): Crew;
  /** Waits for the end of a pass. @throws LabError `worker-died` */
  end(): void;
  /** Ends a pass that failed. */
  abandon(): void;
  /** Frees the heap. */
  leave(): void;
}

class SoloPlace implements Workplace {
  readonly heap = takeHeap();
  readonly crew = SOLO;
  begin = () => SOLO;
  end = () => undefined;
  abandon = () => undefined;
  leave = () => giveBack(this.heap);
}

class TeamPlace implements Workplace {
  readonly heap: KernelHeap;
  readonly crew: Crew;
  private readonly team: Team;
  private readonly shared: SharedHeap;
  private readonly network: number;
  private running = false;
  /** A helper that did not end as it should may still write to this heap. */
  private broken = false;

  constructor(own: Team, plan: Plan, alphas: number) {
    this.team = own;
    this.crew = own.crew;
    this.shared = own.takeHeap();
    this.heap = this.shared.heap;
    this.network = own.open(this.shared, plan, alphas);
  }

  begin(pass: Pass): Crew {
    if (this.broken)
      throw new LabError(
        'worker-died',
        'The threads of this training have ended: continue the run to go on.',
      );
    if (this.team.dead || this.team.busy) return SOLO;
    this.team.begin(this.network, pass);
    this.running = true;
    return this.crew;
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

  leave(): void {
    this.team.closeNetwork(this.network);
    this.team.giveBack(this.shared);
  }
}

/** A place for an executor: with the team, if there is one. @throws LabError `backend-unavailable` */
export function takePlace(plan: Plan, alphas: number): Workplace {
  try {
    if (team) return new TeamPlace(team, plan, alphas);
  } catch (thrown) {
    // A machine that sets no memory aside for threads may still have some for one.
    if (!(thrown instanceof RangeError)) throw thrown;
  }
  return new SoloPlace();
}
