/** Where the parts of a network go: cards from left to right, wrapped to the width, with arrows. */
import { orderedCellId, readArchitecture } from '../../core/cellId.ts';
import { type CellGeometry, layoutCell, layoutLinks } from '../shared/cellLayout.ts';
import type { Size } from '../shared/chart.ts';
import { arrowHead, at } from '../shared/curves.ts';
import { px } from '../shared/geometry.ts';
import { stageKey } from '../shared/keys.ts';
import type { NetworkModel } from './model.ts';
import { type NetworkPart, type NetworkParts, type NetworkStage, networkParts } from './parts.ts';
import { changeText, costText } from './text.ts';

/** A box inside a card for a part without a drawing, or the caption of the cell. */
export interface NetworkBox {
  readonly part: NetworkPart;
  readonly y: number;
  readonly height: number;
}

export interface NetworkCard extends Size {
  readonly key: string;
  readonly kind: 'input' | 'stage' | 'classifier';
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly boxes: readonly NetworkBox[];
  readonly stage: NetworkStage | null;
  readonly cell: { readonly y: number; readonly geometry: CellGeometry } | null;
}

export interface NetworkArrow {
  readonly key: string;
  readonly path: string;
  readonly head: string;
  readonly text: string;
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle' };
}

export interface NetworkGeometry extends Size {
  readonly parts: NetworkParts;
  readonly cards: readonly NetworkCard[];
  readonly arrows: readonly NetworkArrow[];
  /** Lines above the cards: the whole cost, and its change. */
  readonly totals: readonly string[];
}

/** Height of a line of the totals. */
const TOTAL = 17;
const MARGIN = 8;
const GAP = { x: 60, y: 40 };
const SMALL = { width: 116, classifier: 138, height: 62 };
const STAGE = { least: 196, most: 300, title: 28, box: 42, caption: 54, cell: 244 };

/** Widths of stage cards: in one row if they can be wide enough, else as many a row as fit. */
function stageWidth(stages: number, width: number): number {
  const rest = width - 2 * MARGIN - SMALL.width - SMALL.classifier - (stages + 1) * GAP.x;
  if (rest / stages >= STAGE.least) return Math.min(STAGE.most, rest / stages);
  const whole = width - 2 * MARGIN;
  const inRow = Math.max(1, Math.floor((whole + GAP.x) / (STAGE.least + 24 + GAP.x)));
  const share = (whole - (inRow - 1) * GAP.x) / inRow;
  return inRow === 1 ? share : Math.min(STAGE.most, share);
}

function cellGeometry(model: NetworkModel, stage: NetworkStage, size: Size): CellGeometry {
  const { vertices, masks } = readArchitecture(model.architecture);
  const { diff } = stage;
  if (diff) return layoutLinks({ vertices, ...diff, labels: true }, size);
  const cell = orderedCellId(vertices, masks[stage.stage] ?? 0);
  return layoutCell({ cell, labels: true }, size);
}

type Unplaced = Omit<NetworkCard, 'x' | 'y'>;

function stageCard(model: NetworkModel, stage: NetworkStage, width: number): Unplaced {
  const boxes: NetworkBox[] = [];
  let cell: NetworkCard['cell'] = null;
  let y: number = STAGE.title;
  for (const part of stage.parts) {
    if (part.kind === 'cell') {
      const size = { width: Math.min(width - 12, 320), height: STAGE.cell };
      cell = { y, geometry: cellGeometry(model, stage, size) };
      y += STAGE.cell + 4;
    }
    const height = part.kind === 'cell' ? STAGE.caption : STAGE.box;
    boxes.push({ part, y, height });
    y += height + 6;
  }
  return {
    key: stageKey(stage.stage),
    kind: 'stage',
    title: `Stage ${stage.stage + 1}`,
    width: px(width),
    height: y + 2,
    boxes,
    stage,
    cell,
  };
}

function endCard(part: NetworkPart, title: string, size: Size): Unplaced {
  return {
    key: part.kind,
    kind: part.kind === 'input' ? 'input' : 'classifier',
    title,
    ...size,
    boxes: [{ part, y: 24, height: size.height - 28 }],
    stage: null,
    cell: null,
  };
}

/** Rows of cards: the next one begins where a card would not fit. */
function rowsOf(cards: readonly Unplaced[], width: number): Unplaced[][] {
  const rows: Unplaced[][] = [];
  let used = 0;
  for (const card of cards) {
    const row = rows[rows.length - 1];
    if (row && used + GAP.x + card.width <= width - 2 * MARGIN + 0.5) {
      row.push(card);
      used += GAP.x + card.width;
    } else {
      rows.push([card]);
      used = card.width;
    }
  }
  return rows;
}

function placed(
  rows: readonly (readonly Unplaced[])[],
  width: number,
  head: number,
): NetworkCard[][] {
  const single = rows.every((row) => row.length === 1);
  let top = head;
  return rows.map((row) => {
    const height = Math.max(...row.map((card) => card.height));
    let x = MARGIN;
    const cards = row.map((card) => {
      const place = {
        ...card,
        x: px(single ? (width - card.width) / 2 : x),
        y: px(top + (height - card.height) / 2),
      };
      x += card.width + GAP.x;
      return place;
    });
    top += height + GAP.y;
    return cards;
  });
}

const SIZE_OF_HEAD = 8;

function across(from: NetworkCard, to: NetworkCard, text: string): NetworkArrow {
  const y = from.y + from.height / 2;
  const tip = { x: to.x - 2, y: to.y + to.height / 2 };
  const start = from.x + from.width + 2;
  return {
    key: to.key,
    path: `M${at(start, y)}L${at(tip.x - SIZE_OF_HEAD, tip.y)}`,
    head: arrowHead(tip, 1, 0, SIZE_OF_HEAD),
    text,
    label: { x: px((start + tip.x) / 2), y: px(tip.y - 8), anchor: 'middle' },
  };
}

function down(from: NetworkCard, to: NetworkCard, rowBottom: number, text: string): NetworkArrow {
  const x = from.x + from.width / 2;
  const tip = { x: to.x + to.width / 2, y: to.y - 2 };
  const turn = rowBottom + GAP.y / 2;
  const start = from.y + from.height + 2;
  return {
    key: to.key,
    path: `M${at(x, start)}V${px(turn)}H${px(tip.x)}V${px(tip.y - SIZE_OF_HEAD)}`,
    head: arrowHead(tip, 0, 1, SIZE_OF_HEAD),
    text,
    label: {
      x: px(tip.x + 12),
      y: px(turn + 4 + (Math.abs(x - tip.x) > 1 ? 12 : 0)),
      anchor: 'start',
    },
  };
}

function arrowsOf(rows: readonly (readonly NetworkCard[])[], texts: readonly string[]) {
  const cards = rows.flatMap((row, r) => {
    const bottom = Math.max(...row.map((card) => card.y + card.height));
    return row.map((card) => ({ card, r, bottom }));
  });
  return cards.slice(1).map(({ card, r }, i) => {
    const before = cards[i];
    const text = texts[i] ?? '';
    if (!before || before.r === r) return across(before?.card ?? card, card, text);
    return down(before.card, card, before.bottom, text);
  });
}

/** As tall as the rows need. @throws LabError as `networkParts` does. */
export function layoutNetwork(
  model: NetworkModel,
  size: { readonly width: number },
): NetworkGeometry {
  const parts = networkParts(model);
  const width = stageWidth(parts.stages.length, size.width);
  const small = (wide: number) => ({
    width: Math.min(wide, size.width - 2 * MARGIN),
    height: SMALL.height,
  });
  const cards = [
    endCard(parts.input, 'Input', { ...small(SMALL.width), height: 50 }),
    ...parts.stages.map((stage) => stageCard(model, stage, width)),
    endCard(parts.classifier, 'Classifier', { ...small(SMALL.classifier), height: 80 }),
  ];
  const totals = [
    `${costText(parts.total)} an image`,
    ...(parts.change ? [`against the other: ${changeText(parts.change)}`] : []),
  ];
  const rows = placed(rowsOf(cards, size.width), size.width, 13 + TOTAL * totals.length);
  const all = rows.flat();
  return {
    width: size.width,
    height: px(Math.max(...all.map((card) => card.y + card.height)) + 6),
    parts,
    cards: all,
    arrows: arrowsOf(rows, parts.between),
    totals,
  };
}
