/**
 * Geometry of the space chart: input block, then for each stage a fan of ribbons to its candidates,
 * the tiles, the ribbons that merge, and the pooling block; at the end the classifier. Ribbon widths
 * are the architecture weights, so the ribbons of a stage always add up to the same band. Candidates
 * that do not fit side by side wrap into rows; the band then runs down the left side and back up the
 * right one.
 */

import { at } from '../shared/curves.ts';
import { clamp, px } from '../shared/geometry.ts';
import { candidateKey } from '../shared/keys.ts';
import { fitText } from '../shared/text.ts';
import type { SpaceModel, SpaceStage } from './model.ts';

export interface SpaceBlock {
  readonly key: string;
  readonly kind: 'input' | 'stage' | 'pooling' | 'classifier';
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface SpaceTile {
  readonly key: string;
  readonly stage: number;
  readonly candidate: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface SpaceRibbon {
  readonly key: string;
  readonly tile: string;
  readonly path: string;
  readonly width: number;
}

export interface SpaceGeometry {
  readonly width: number;
  /** Height without the legend, which goes below. */
  readonly height: number;
  /** Width of the band, i.e. of the weight 1. */
  readonly band: number;
  readonly cellSize: { readonly width: number; readonly height: number };
  /** Heights inside a tile: badge line, drawing, weight bar with its number. */
  readonly tileParts: { readonly badge: number; readonly cell: number; readonly bar: number };
  readonly blocks: readonly SpaceBlock[];
  readonly links: readonly { readonly key: string; readonly path: string }[];
  readonly tiles: readonly SpaceTile[];
  readonly ribbons: readonly SpaceRibbon[];
  readonly labels: readonly {
    readonly key: string;
    readonly x: number;
    readonly y: number;
    readonly title: string;
    readonly detail: string;
  }[];
  readonly legendY: number;
}

const BLOCK = 24;
const BADGE = 22;
const BAR = 30;

interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly tile: number;
  readonly gap: number;
  readonly left: number;
  readonly right: number;
}

function gridOf(width: number, candidates: number): Grid {
  const gutter = width >= 760 ? 96 : 0;
  const gap = width < 480 ? 6 : 12;
  const least = width < 480 ? 58 : 72;
  const capacity = (space: number) => Math.max(1, Math.floor((space + gap) / (least + gap)));
  let side = 0;
  if (capacity(width - 2 * gutter) < candidates) side = 24;
  const space = width - 2 * Math.max(gutter, side) - 2;
  const rows = Math.ceil(candidates / Math.min(candidates, capacity(space)));
  const columns = Math.ceil(candidates / rows);
  const tile = Math.min(148, (space - gap * (columns - 1)) / columns);
  const used = tile * columns + gap * (columns - 1);
  const left = (width - used) / 2;
  return { columns, rows, tile, gap, left, right: left + used };
}

/** Weights of a stage that certainly sum to one (they may be all zero before a run). */
function shares(stage: SpaceStage): readonly number[] {
  const sum = stage.candidates.reduce((total, c) => total + Math.max(0, c.weight), 0);
  const k = stage.candidates.length;
  return stage.candidates.map((c) => (sum > 0 ? Math.max(0, c.weight) / sum : 1 / k));
}

/** A vertical S from (x0, y0) to (x1, y1). */
function fall(x0: number, y0: number, x1: number, y1: number): string {
  const middle = (y0 + y1) / 2;
  return `M${at(x0, y0)}C${at(x0, middle)} ${at(x1, middle)} ${at(x1, y1)}`;
}

/** Down the side, round a corner, along, round a corner, down to the tile; or mirrored upwards. */
function detour(x0: number, y0: number, lane: number, x1: number, y1: number): string {
  const turn = Math.sign(x1 - x0);
  const r = Math.max(
    0,
    Math.min(7, Math.abs(x1 - x0) / 2, Math.abs(lane - y0), Math.abs(y1 - lane)),
  );
  return (
    `M${at(x0, y0)}L${at(x0, lane - r)}Q${at(x0, lane)} ${at(x0 + turn * r, lane)}` +
    `L${at(x1 - turn * r, lane)}Q${at(x1, lane)} ${at(x1, lane + r)}L${at(x1, y1)}`
  );
}

interface StageParts {
  readonly tiles: readonly SpaceTile[];
  readonly ribbons: readonly SpaceRibbon[];
  readonly bottom: number;
}

function layStage(
  stage: SpaceStage,
  position: number,
  grid: Grid,
  top: number,
  width: number,
  band: number,
  tileHeight: number,
): StageParts {
  const weights = shares(stage);
  const fan = grid.rows === 1 ? 34 : band + 18;
  const pitch = tileHeight + 2 * fan;
  const tiles = stage.candidates.map((_, candidate): SpaceTile => {
    const row = Math.floor(candidate / grid.columns);
    const inRow = Math.min(grid.columns, stage.candidates.length - row * grid.columns);
    const column = candidate - row * grid.columns;
    const used = inRow * grid.tile + (inRow - 1) * grid.gap;
    return {
      key: candidateKey(position, candidate),
      stage: position,
      candidate,
      x: px((width - used) / 2 + column * (grid.tile + grid.gap)),
      y: px(top + fan + row * pitch),
      width: px(grid.tile),
      height: tileHeight,
    };
  });
  const bottom = top + grid.rows * pitch;
  const centre = width / 2;
  let lane = -band / 2;
  const ribbons = tiles.flatMap((tile, i): SpaceRibbon[] => {
    const share = weights[i] ?? 0;
    const thickness = share * band;
    const offset = lane + thickness / 2;
    lane += thickness;
    const middle = tile.x + tile.width / 2;
    const foot = tile.y + tile.height;
    let down = fall(centre + offset, top, middle, tile.y);
    let out = fall(middle, foot, centre + offset, bottom);
    if (grid.rows > 1) {
      const leftX = grid.left - 13 + offset;
      const rightX = grid.right + 13 + offset;
      down = detour(leftX, top, tile.y - 8 - band / 2 - offset, middle, tile.y);
      out = detour(middle, foot, foot + 8 + band / 2 - offset, rightX, bottom);
    }
    const width = px(Math.max(0.4, thickness));
    return [
      { key: `in:${tile.key}`, tile: tile.key, path: down, width },
      { key: `out:${tile.key}`, tile: tile.key, path: out, width },
    ];
  });
  return { tiles, ribbons, bottom };
}

const IMAGE = (height: number, width: number, channels: number) => `${height}×${width}×${channels}`;

/** The whole chart inside `width`; `height` (if given) shrinks the cell drawings. */
export function layoutSpace(
  model: SpaceModel,
  size: { readonly width: number; readonly height?: number | undefined },
): SpaceGeometry {
  const { width } = size;
  const k = Math.max(1, ...model.stages.map((stage) => stage.candidates.length));
  const grid = gridOf(width, k);
  const band = grid.rows > 1 ? 14 : Math.min(54, grid.tile * 0.8);
  const gutter = width >= 760;
  const fixed = BLOCK * 2 + 60 + model.stages.length * (BLOCK * 2 + 44 + 68 + BADGE + BAR);
  const rows = model.stages.length * grid.rows;
  const wished = size.height === undefined ? 150 : (size.height - fixed) / Math.max(1, rows);
  const cell = Math.round(clamp(wished, 62, Math.min(150, grid.tile * 1.1)));
  const tileHeight = BADGE + cell + BAR;

  const blocks: SpaceBlock[] = [];
  const links: { key: string; path: string }[] = [];
  const tiles: SpaceTile[] = [];
  const ribbons: SpaceRibbon[] = [];
  const labels: { key: string; x: number; y: number; title: string; detail: string }[] = [];
  let y = 2;
  const block = (kind: SpaceBlock['kind'], key: string, text: string, x = width / 2) => {
    const blockWidth = Math.min(width - 4, Math.max(band + 16, text.length * 7.2 + 24));
    const left = clamp(x - blockWidth / 2, 2, width - blockWidth - 2);
    const fitting = fitText(text, (blockWidth - 24) * 0.9, 11.5);
    blocks.push({
      key,
      kind,
      text: fitting,
      x: px(left),
      y: px(y),
      width: px(blockWidth),
      height: BLOCK,
    });
    y += BLOCK;
  };
  const link = (key: string, from: number, to: number, gap: number) => {
    links.push({ key, path: fall(from, y, to, y + gap) });
    y += gap;
  };
  const { input } = model;
  block('input', 'input', `${input.name} ${IMAGE(input.height, input.width, input.channels)}`);
  const entry = grid.rows > 1 ? grid.left - 13 : width / 2;
  const exit = grid.rows > 1 ? grid.right + 13 : width / 2;
  let from = width / 2;
  model.stages.forEach((stage, position) => {
    const shape = IMAGE(stage.size, stage.size, stage.channels);
    link(`to:${position}`, from, width / 2, 14);
    block('stage', `stage:${position}`, `Stage ${stage.index + 1}: input layer → ${shape}`);
    if (entry !== width / 2) link(`split:${position}`, width / 2, entry, 14);
    const parts = layStage(stage, position, grid, y, width, band, tileHeight);
    if (gutter) {
      const middle = y + (parts.bottom - y) / 2;
      const detail = `${stage.candidates.length} cells`;
      labels.push({
        key: `label:${position}`,
        x: 0,
        y: px(middle),
        title: `Stage ${stage.index + 1}`,
        detail,
      });
    }
    tiles.push(...parts.tiles);
    ribbons.push(...parts.ribbons);
    y = parts.bottom;
    if (exit !== width / 2) link(`merge:${position}`, exit, width / 2, 14);
    const pooled = Math.max(1, Math.floor(stage.size / stage.pooling));
    const text =
      stage.pooling > 1
        ? `Pooling ÷${stage.pooling} → ${IMAGE(pooled, pooled, stage.channels)}`
        : 'No pooling';
    block('pooling', `pooling:${position}`, text);
    from = width / 2;
  });
  link('to:classifier', from, width / 2, 14);
  block('classifier', 'classifier', `Classifier → ${model.classes} classes`);
  const legendY = y + 14;
  return {
    width,
    height: px(legendY),
    band: px(band),
    cellSize: { width: px(grid.tile - 8), height: cell },
    tileParts: { badge: BADGE, cell, bar: BAR },
    blocks,
    links,
    tiles,
    ribbons,
    labels,
    legendY: px(legendY),
  };
}

/** Bar scale: log2 of weight over uniform, ±limit; one of a few round limits that holds all. */
export function barLimit(model: SpaceModel): number {
  const steps = [0.5, 1, 2, 3];
  const most = Math.max(0, ...model.stages.map(extreme));
  return steps.find((limit) => limit >= most) ?? 3;
}

function extreme(stage: SpaceStage): number {
  const k = stage.candidates.length;
  return Math.max(0, ...stage.candidates.map((c) => Math.abs(logRatio(c.weight, k))));
}

/** log2(weight · k): 0 on the uniform line, +1 at twice, −1 at half of it. */
export function logRatio(weight: number, candidates: number): number {
  return Math.log2(Math.max(weight * candidates, 1e-4));
}

/** Bar from the 1/k line (at 0) to the weight, in −1..1 of half the bar's width. */
export function barSpan(weight: number, candidates: number, limit: number): number {
  return clamp(logRatio(weight, candidates) / limit, -1, 1);
}
