/**
 * A region: the finite part of the space that one supernet covers. k candidate cells for each of S
 * stages, hence k^S architectures. (arXiv 2404.16218: "finite region".) Rank scores add up over the
 * stages, so the best architectures of a region are found without listing it.
 */
import { LabError } from './errors.ts';
import type { PartId } from './space/ids.ts';

/** Edge bits of a cell: bit i stands for the i-th pair in the order (0,1), (0,2), …, (1,2), …. */
export type CellMask = number;

/** `region[s][i]`: candidate i of stage s. Stages may offer different numbers of candidates. */
export type Region = readonly (readonly PartId[])[];

/** An architecture of a region: the candidate of each stage, and the sum of their scores. */
export interface ScoredChoice {
  readonly choice: number[];
  readonly score: number;
}

/** Number of architectures: the product of the candidates of each stage. Exact below 2^53. */
export function architectureCount(region: Region): number {
  return region.reduce((count, candidates) => count * candidates.length, 1);
}

/** Candidates of all stages together: S·k where every stage offers k. */
export function candidateCount(region: Region): number {
  return region.reduce((count, candidates) => count + candidates.length, 0);
}

/** The parts that a choice of candidates picks, one a stage. @throws LabError `internal` for a gap. */
export function choiceParts(region: Region, choice: readonly number[]): PartId[] {
  return region.map((candidates, s) => {
    const part = candidates[choice[s] ?? -1];
    if (part === undefined) {
      throw new LabError('internal', `Stage ${s + 1} has no candidate ${choice[s]}.`);
    }
    return part;
  });
}

/** A choice in the frontier, by its position in each stage's order from best to worst. */
interface Node extends ScoredChoice {
  readonly positions: readonly number[];
  /** First stage that its children may step down in: every choice then has one parent. */
  readonly from: number;
}

/** Best first; equal scores by lexicographic choice. */
function before(a: ScoredChoice, b: ScoredChoice): boolean {
  if (a.score !== b.score) return a.score > b.score;
  const s = a.choice.findIndex((candidate, stage) => candidate !== b.choice[stage]);
  return s >= 0 && a.choice[s]! < b.choice[s]!;
}

/** Binary heap, best node on top. */
function push(heap: Node[], node: Node): void {
  let at = heap.length;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(node, heap[parent]!)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = node;
}

function pop(heap: Node[]): Node | undefined {
  const top = heap[0];
  const moved = heap.pop();
  if (moved === undefined || heap.length === 0) return top;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
    if (!before(heap[child]!, moved)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = moved;
  return top;
}

function checkScores(scores: readonly (readonly number[])[]): void {
  const bad = scores.findIndex(
    (stage) => stage.length === 0 || stage.some((x) => Number.isNaN(x) || x === Infinity),
  );
  if (bad < 0) return;
  throw new LabError('internal', `Scores of stage ${bad + 1} are missing or not numbers.`);
}

/**
 * The `limit` best choices for additive scores Σ_s scores[s][choice[s]], best first; equal sums by
 * lexicographic choice. Best-first search over a heap: about `limit` · S nodes, however many choices
 * there are. Fewer come back if there are fewer. Sums run over the stages in order; sums that differ
 * by less than their rounding may come in either order.
 * @throws LabError `internal` if a stage has no score, or one that is NaN or +∞.
 */
export function kBest(scores: readonly (readonly number[])[], limit: number): ScoredChoice[] {
  checkScores(scores);
  const orders = scores.map((stage) =>
    stage.map((_, i) => i).sort((a, b) => (stage[a] === stage[b] ? a - b : stage[b]! - stage[a]!)),
  );
  const nodeOf = (positions: readonly number[], from: number): Node => {
    const choice = positions.map((position, s) => orders[s]![position]!);
    return {
      positions,
      from,
      choice,
      score: choice.reduce((sum, i, s) => sum + scores[s]![i]!, 0),
    };
  };
  const heap: Node[] = [];
  const best: ScoredChoice[] = [];
  if (scores.length > 0) push(heap, nodeOf(new Array<number>(scores.length).fill(0), 0));
  while (best.length < limit) {
    const node = pop(heap);
    if (node === undefined) break;
    best.push({ choice: node.choice, score: node.score });
    for (let s = node.from; s < scores.length; s++) {
      const positions = [...node.positions];
      positions[s]!++;
      if (positions[s]! < orders[s]!.length) push(heap, nodeOf(positions, s));
    }
  }
  return best;
}
