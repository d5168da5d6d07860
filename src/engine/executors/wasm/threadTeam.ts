/**
 * The thread team: this thread, which leads, and the helpers it starts; executors share it for the parts
 * of a pass. There is one team a thread at most, opened once by whoever knows how to start threads here.
 * How its members meet is in `teamMember.ts`; what executors hold of it, in `heapLease.ts`.
 */
import { LabError, toErrorRecord } from '../../../core/errors.ts';
import type { Port } from '../../../core/rpc/port.ts';
import type { Plan } from '../../../core/schedule.ts';
import { KernelHeap, sharedMemory } from './kernels.ts';
import type { Pass } from './pass.ts';
import { REDUCTION_SLOTS } from './reductionSlots.ts';
import { BarrierMember, createControl } from './teamMember.ts';
import type { FromHelper, ToHelper } from './teamProtocol.ts';

/** The way to a helper. */
export type TeamPort = Port<FromHelper, ToHelper>;

export interface TeamSetup {
  /** Starts a thread that runs `serveTeam`. */
  readonly spawn: () => TeamPort;
  /** Threads that share the work, this one included. */
  readonly threads: number;
  /** Reads the kernels for shared memory. */
  readonly kernels: () => Promise<BufferSource>;
  /** Milliseconds without a sign of life until a helper counts as dead. */
  readonly patienceMs?: number;
}

export interface TeamInfo {
  /** 1 if there is no team. */
  readonly threads: number;
  /** Why there are no more; empty if there is nothing to explain. */
  readonly reason: string;
}

/** A helper is silent for as long as one microbatch takes to go through a stage. */
const PATIENCE_MS = 30_000;

/** Heaps kept for reuse. */
const MOST_SPARE = 2;

/** Threads for a machine: all of two cores, and of more all but one. */
export const threadsFor = (cores: number) =>
  Math.max(1, Math.min(REDUCTION_SLOTS, cores <= 2 ? cores : cores - 1));

/** A heap that all members see, by the leader's number. */
export interface SharedHeap {
  readonly id: number;
  readonly heap: KernelHeap;
}

export class ThreadTeam {
  readonly member: BarrierMember;
  /** Whether a pass is under way. */
  busy = false;
  dead = false;
  private readonly module: WebAssembly.Module;
  private readonly control = createControl();
  private ports: readonly TeamPort[] = [];
  private spare: SharedHeap[] = [];
  private ids = 0;

  constructor(module: WebAssembly.Module, threads: number, patienceMs: number) {
    this.module = module;
    this.member = new BarrierMember(this.control, 0, threads, patienceMs);
  }

  /** Resolves when all have begun. @throws LabError `worker-died` */
  async start(spawn: () => TeamPort): Promise<void> {
    const { module, control, member } = this;
    const started = Array.from({ length: member.count - 1 }, () => spawn());
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
      port.post({ kind: 'start', module, control, index: i + 1, count: member.count });
    });
    await Promise.all(begun);
  }

  /** Ends all helpers, one of which has ended; a pass that is under way fails. */
  die(why: string): void {
    if (this.dead) return;
    this.member.lose(why);
    if (this.busy) this.member.stop();
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
    this.member.join();
    this.busy = false;
  }

  abandon(): void {
    try {
      this.member.abandon();
    } catch {
      this.close();
    }
    this.busy = false;
  }
}

let team: ThreadTeam | null = null;
let opening: Promise<TeamInfo> | null = null;

/** The team of this thread, while there is one. */
export const currentTeam = () => team;

/** Threads that share the passes of this thread. */
export const teamThreads = () => team?.member.count ?? 1;

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
  if (team) return Promise.resolve({ threads: team.member.count, reason: '' });
  opening ??= open(setup).finally(() => {
    opening = null;
  });
  return opening;
}

/** The team that this page or process allows, as far as that is known without starting one. */
export function teamHere(wanted: number): TeamInfo {
  const threads = Math.min(REDUCTION_SLOTS, wanted);
  if (threads <= 1) return alone('There is one core to compute with.');
  if (!canShare())
    return alone(
      'Threads need a cross-origin isolated page: its server does not send the headers for that.',
    );
  return { threads, reason: '' };
}

async function open(setup: TeamSetup): Promise<TeamInfo> {
  const { spawn, kernels, patienceMs = PATIENCE_MS } = setup;
  const here = teamHere(setup.threads);
  const { threads } = here;
  if (threads <= 1) return here;
  let opened: ThreadTeam | null = null;
  try {
    opened = new ThreadTeam(await WebAssembly.compile(await kernels()), threads, patienceMs);
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
