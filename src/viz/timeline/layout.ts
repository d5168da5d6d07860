/** Geometry of the timeline: boxes of equal width, the cursor, the place of the LIVE mark. */
import type { Size } from '../shared/chart.ts';
import { px } from '../shared/geometry.ts';
import { generationKey } from '../shared/keys.ts';
import type { TimelineModel, TimelinePhase } from './model.ts';

export interface TimelineTick {
  readonly key: string;
  readonly generation: number;
  readonly x: number;
  readonly width: number;
  /** Share of the generation that is done: training fills the first nine tenths. */
  readonly fill: number;
  readonly state: 'done' | 'current' | 'future';
  readonly label: string | null;
}

export interface TimelineGeometry extends Size {
  readonly ticks: readonly TimelineTick[];
  readonly bar: { readonly top: number; readonly height: number };
  readonly cursorX: number | null;
  readonly live: { readonly x: number; readonly width: number };
}

const LIVE_WIDTH = 62;

/** Where a phase lies within its generation, 0..1. */
export function phasePosition(phase: TimelinePhase, progress: number): number {
  switch (phase) {
    case 'proposed':
      return 0.04;
    case 'training':
      return 0.04 + 0.86 * Math.min(1, Math.max(0, progress));
    case 'measured':
      return 0.95;
    case 'moved':
      return 1;
  }
}

export function layoutTimeline(model: TimelineModel, size: Size): TimelineGeometry {
  const total = Math.max(1, model.total, model.generations.length);
  const left = 8;
  const right = size.width - LIVE_WIDTH - 16;
  const pitch = Math.max(1, (right - left) / total);
  const gap = pitch > 14 ? 4 : pitch > 5 ? 1.5 : 0;
  const known = new Map(model.generations.map((g) => [g.index, g]));
  const every = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((n) => n * pitch >= 26) ?? 1000;
  const ticks = Array.from({ length: total }, (_, generation): TimelineTick => {
    const own = known.get(generation);
    const fill = own ? phasePosition(own.phase, own.progress) : 0;
    const state = own ? (own.phase === 'moved' ? 'done' : 'current') : 'future';
    const labelled = generation === 0 || (generation + 1) % every === 0;
    return {
      key: generationKey(generation),
      generation,
      x: px(left + generation * pitch),
      width: Math.max(1, px(pitch - gap)),
      fill,
      state,
      label: labelled ? String(generation + 1) : null,
    };
  });
  const cursorX = model.cursor
    ? left +
      model.cursor.generation * pitch +
      (pitch - gap) * phasePosition(model.cursor.phase, model.cursor.progress)
    : null;
  return {
    ...size,
    ticks,
    bar: { top: 14, height: Math.max(10, size.height - 36) },
    cursorX: cursorX === null ? null : px(cursorX),
    live: { x: px(right + 12), width: LIVE_WIDTH },
  };
}
