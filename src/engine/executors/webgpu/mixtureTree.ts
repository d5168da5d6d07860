/** Mixtures that share their first stages share that work: a tree whose levels are stages. Pure. */

/** Mixture weights `[stage][candidate]`. */
export type Mixture = readonly (readonly number[])[];

export interface MixtureNode {
  /** Weights of the stage above; empty at the root. */
  readonly row: readonly number[];
  /** Candidates of this node's stage that some child needs; empty at a leaf. */
  readonly needed: readonly boolean[];
  readonly children: readonly MixtureNode[];
  /** Which mixtures end here; empty above the leaves. */
  readonly mixtures: readonly number[];
}

function grow(
  mixtures: readonly Mixture[],
  own: readonly number[],
  stage: number,
  row: readonly number[],
): MixtureNode {
  const stages = mixtures[own[0] ?? 0]?.length ?? 0;
  if (stage === stages) return { row, needed: [], children: [], mixtures: own };
  const groups = new Map<string, { row: readonly number[]; mixtures: number[] }>();
  for (const m of own) {
    const next = mixtures[m]?.[stage] ?? [];
    const key = next.join();
    const group = groups.get(key);
    if (group) group.mixtures.push(m);
    else groups.set(key, { row: next, mixtures: [m] });
  }
  const children = [...groups.values()].map((group) =>
    grow(mixtures, group.mixtures, stage + 1, group.row),
  );
  const width = Math.max(...children.map((child) => child.row.length));
  const needed = Array.from({ length: width }, (_, i) =>
    children.some((child) => (child.row[i] ?? 0) !== 0),
  );
  return { row, needed, children, mixtures: [] };
}

/** The tree of at least one mixture. */
export function mixtureTree(mixtures: readonly Mixture[]): MixtureNode {
  return grow(
    mixtures,
    mixtures.map((_, m) => m),
    0,
    [],
  );
}
