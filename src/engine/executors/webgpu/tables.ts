/** The layout's links as the words that kernels read; their meaning is told in the shaders. Pure. */
import { inputSlot, type LayerGroup, type Layout, type Level, type StageLayout } from './layout.ts';

type Entry = readonly [number, number, number, number];

function encode(entries: readonly Entry[]): Uint32Array<ArrayBuffer> {
  // A storage buffer must not be empty.
  return Uint32Array.from((entries.length > 0 ? entries : [[0, 0, 0, 0]]).flat());
}

/** Items (slot, first link, links, candidate), then links (slot, weights, operation, 0). */
export function levelTable(level: Level, { base, size }: LayerGroup): Uint32Array<ArrayBuffer> {
  const links: Entry[] = [];
  const items = level.map((item): Entry => {
    const first = level.length + links.length;
    for (const { slot, operation } of item.links)
      links.push([slot, base + operation * size, operation, 0]);
    return [item.slot, first, item.links.length, item.alpha];
  });
  return encode([...items, ...links]);
}

/** A layer of each model; `shared`: every model reads slot 0. */
export function layerTable(group: LayerGroup, shared: boolean): Uint32Array<ArrayBuffer> {
  const level = Array.from({ length: group.layers }, (_, model) => ({
    slot: inputSlot(model),
    alpha: 0,
    links: [{ slot: inputSlot(shared ? 0 : model), operation: model }],
  }));
  return levelTable(level, group);
}

/** (input slot, gradient slot, operations, chunks) of every operation of a stage. */
export function filterTable(stage: StageLayout, chunks: number): Uint32Array<ArrayBuffer> {
  const count = stage.filters.length;
  return encode(stage.filters.map(({ source, target }): Entry => [source, target, count, chunks]));
}

/** The same for a layer of each model. */
export function layerFilterTable(
  group: LayerGroup,
  shared: boolean,
  chunks: number,
): Uint32Array<ArrayBuffer> {
  return encode(
    Array.from(
      { length: group.layers },
      (_, model): Entry => [shared ? 0 : model, model, group.layers, chunks],
    ),
  );
}

/** (output slot, its gradient slot, index in alpha, model). */
export function candidateTable(stage: StageLayout): Uint32Array<ArrayBuffer> {
  return encode(
    stage.models.flatMap(([first, count], model) =>
      stage.candidates
        .slice(first, first + count)
        .map(({ output, outputGradient, alpha }): Entry => [output, outputGradient, alpha, model]),
    ),
  );
}

/** (first candidate, candidates, gradient slot for the first one's input, 0). */
export function modelTable(stage: StageLayout): Uint32Array<ArrayBuffer> {
  return encode(
    stage.models.map(
      ([first, count]): Entry => [first, count, stage.candidates[first]?.inputGradient ?? 0, 0],
    ),
  );
}

/** (first, candidates) of every stage of every model in alpha. */
export function rangeTable({ rows }: Layout): Uint32Array<ArrayBuffer> {
  return encode(rows.map(([first, count]): Entry => [first, count, 0, 0]));
}
