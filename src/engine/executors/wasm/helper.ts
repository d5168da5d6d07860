/** The program of a thread that does a part of every pass of another one. */
import { LabError, toErrorRecord } from '../../../core/errors.ts';
import type { Port } from '../../../core/rpc/port.ts';
import { KernelHeap } from './kernels.ts';
import { Network } from './network.ts';
import { mixturesOf, type Pass, work } from './pass.ts';
import { BarrierMember, Stopped } from './teamMember.ts';
import type { FromHelper, ToHelper } from './teamProtocol.ts';

const confused = () => new LabError('internal', 'A helper was told of something it does not know.');

class Helper {
  private readonly module: WebAssembly.Module;
  private readonly member: BarrierMember;
  private readonly heaps = new Map<number, KernelHeap>();
  private readonly networks = new Map<number, Network>();
  /** Why the next pass will fail. */
  private trouble: unknown = null;

  constructor({ module, control, index, count }: Extract<ToHelper, { kind: 'start' }>) {
    this.module = module;
    this.member = new BarrierMember(control, index, count);
  }

  take(message: Exclude<ToHelper, { kind: 'start' }>): void {
    switch (message.kind) {
      case 'pass':
        this.pass(message.network, message.pass);
        break;
      case 'close':
        this.networks.delete(message.network);
        break;
      case 'forget':
        this.heaps.delete(message.heap);
        break;
      case 'heap':
      case 'open':
        // An error here would end the thread while the leader, busy, could not be told.
        try {
          this.open(message);
        } catch (thrown) {
          this.trouble = thrown;
        }
        break;
      default:
        message satisfies never;
    }
  }

  private open(message: Extract<ToHelper, { kind: 'heap' | 'open' }>): void {
    if (message.kind === 'heap') {
      this.heaps.set(message.heap, new KernelHeap(this.module, message.memory));
      return;
    }
    const heap = this.heaps.get(message.heap);
    if (!heap) throw confused();
    const { network, plan, alphas } = message;
    this.networks.set(network, new Network(plan, alphas, heap, this.member));
  }

  private pass(id: number, pass: Pass): void {
    try {
      const network = this.networks.get(id);
      if (this.trouble !== null) throw this.trouble;
      if (!network) throw confused();
      const workspace = network.lay(pass.capacity);
      const staging = network.staging(workspace, pass.images, mixturesOf(pass));
      network.heap.reach(staging.end);
      const machine = network.machine(workspace, this.member);
      const batch = network.staged(staging, pass.images);
      for (const _ of work(machine, pass, batch, staging.losses));
    } catch (thrown) {
      if (!(thrown instanceof Stopped)) this.member.fail(toErrorRecord(thrown).message);
    } finally {
      this.member.end();
    }
  }
}

/** Does what the leader says until the thread is ended. */
export function serveTeam(port: Port<ToHelper, FromHelper>): void {
  let helper: Helper | null = null;
  port.listen(
    (message) => {
      if (message.kind === 'start') {
        helper = new Helper(message);
        port.post({ kind: 'ready' });
      } else {
        helper?.take(message);
      }
    },
    () => undefined,
  );
}
