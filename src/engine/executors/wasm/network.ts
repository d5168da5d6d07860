/** A network in the kernels' memory, as each thread that works on it sees it. */
import type { Plan } from '../../../core/schedule.ts';
import type { Batch } from '../executor.ts';
import { asBytes, type ByteAddress, floatBytes, floatIndex, repeated } from '../units.ts';
import type { Machine } from './forward.ts';
import type { KernelHeap } from './kernels.ts';
import { LOSS_BYTES } from './loss.ts';
import { type Addresses, addressesOf } from './memory.ts';
import type { Capacity } from './microbatches.ts';
import { type ParameterLayout, parameterLayout } from './parameters.ts';
import { Arena } from './planes.ts';
import type { TeamMember } from './teamMember.ts';
import { type Layer, layerOf, layOut, type Workspace } from './workspace.ts';

/** Where lies what changes from batch to batch, behind the planes. */
export interface Staging {
  /** Sums of losses, `LOSS_BYTES` a mixture. */
  readonly losses: ByteAddress;
  /** The batch as it came, for the helpers. */
  readonly images: ByteAddress;
  readonly labels: ByteAddress;
  readonly end: ByteAddress;
}

export class Network {
  readonly plan: Plan;
  readonly heap: KernelHeap;
  readonly layout: ParameterLayout;
  readonly addresses: Addresses;
  private readonly dense: Layer;
  private readonly member: TeamMember;
  private workspace: Workspace | null = null;

  /** `alphas`: candidates of all stages. Nothing is cleared or reserved: that is the leader's. */
  constructor(plan: Plan, alphas: number, heap: KernelHeap, member: TeamMember) {
    this.plan = plan;
    this.heap = heap;
    this.member = member;
    this.layout = parameterLayout(plan);
    this.addresses = addressesOf(plan, this.layout, alphas);
    this.dense = layerOf(this.layout, plan.classifier.weight, plan.classifier.bias);
  }

  get capacity(): Capacity | null {
    return this.workspace?.capacity ?? null;
  }

  /** Lays the planes out for a capacity, unless they are; `prepare` makes room for them. */
  lay(capacity: Capacity, prepare: (end: ByteAddress) => void = () => undefined): Workspace {
    const { workspace, addresses } = this;
    if (workspace && isSame(workspace.capacity, capacity)) return workspace;
    const laid = layOut(this.plan, this.layout, addresses, capacity, this.member);
    prepare(laid.end);
    this.workspace = laid;
    return laid;
  }

  /** What passes need, on planes that are laid out; `member` does its part of this one. */
  machine(workspace: Workspace, member: TeamMember): Machine {
    const { plan, heap, addresses, dense } = this;
    return { plan, heap, member, addresses, workspace, dense, kernel: plan.operation.kernel };
  }

  /** Where a batch of `images` images goes, and the losses of `mixtures` mixtures. */
  staging(workspace: Workspace, images: number, mixtures: number): Staging {
    const { height, width, channels } = this.plan.input;
    const arena = new Arena(workspace.end);
    return {
      losses: arena.take(repeated(LOSS_BYTES, mixtures)),
      images: arena.take(floatBytes(images * height * width * channels)),
      labels: arena.take(asBytes(images)),
      end: arena.end,
    };
  }

  /** The batch that is staged. */
  staged({ images, labels }: Staging, count: number): Batch {
    const { height, width, channels } = this.plan.input;
    const values = count * height * width * channels;
    return {
      images: this.heap.floats.subarray(floatIndex(images), floatIndex(images) + values),
      labels: this.heap.octets.subarray(labels, labels + count),
    };
  }
}

const isSame = (a: Capacity, b: Capacity) =>
  a.planeImages === b.planeImages &&
  a.microbatch === b.microbatch &&
  a.slots === b.slots &&
  a.training === b.training;
