/** A pad of 28×28 pixels to draw on, by pointer, by touch, or with the arrow keys. */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { drawImage } from '../../viz/shared/images.ts';
import { emptyInk, type Ink, PAD, type Point, withStroke } from './drawing.ts';

interface DrawPadProps {
  readonly ink: Ink;
  readonly onDraw: (ink: Ink) => void;
}

/** CSS pixels. */
const SIDE = 252;

const STEPS: { readonly [key: string]: Point } = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

const inside = (value: number) => Math.min(PAD - 0.5, Math.max(0.5, value));

export function DrawPad({ ink, onDraw }: DrawPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<Ink>(ink);
  const last = useRef<Point | null>(null);
  const [pen, setPen] = useState<{ readonly at: Point; readonly down: boolean }>({
    at: { x: PAD / 2, y: PAD / 4 },
    down: false,
  });
  drawing.current = ink;

  useEffect(() => {
    const image = { height: PAD, width: PAD, channels: 1, values: ink } as const;
    if (canvas.current) drawImage(canvas.current, { ...image, scale: { kind: 'byte' } }, SIDE);
  }, [ink]);

  const stroke = (from: Point, to: Point) => {
    drawing.current = withStroke(drawing.current, from, to);
    onDraw(drawing.current);
  };
  const pointOf = (event: { readonly clientX: number; readonly clientY: number }): Point | null => {
    const box = canvas.current?.getBoundingClientRect();
    if (!box || box.width === 0) return null;
    return {
      x: ((event.clientX - box.left) / box.width) * PAD,
      y: ((event.clientY - box.top) / box.height) * PAD,
    };
  };
  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>) => {
    const at = pointOf(event);
    if (!at || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    last.current = at;
    stroke(at, at);
  };
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const from = last.current;
    // Several moves may come at once: without them fast strokes have corners.
    const moves = event.nativeEvent.getCoalescedEvents?.() ?? [];
    const to = [...moves, event.nativeEvent].map(pointOf).filter((point) => point !== null);
    if (!from || to.length === 0) return;
    let before = from;
    let next = drawing.current;
    for (const point of to) {
      next = withStroke(next, before, point);
      before = point;
    }
    last.current = before;
    drawing.current = next;
    onDraw(next);
  };
  const lift = () => {
    last.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step) {
      const at = { x: inside(pen.at.x + step.x), y: inside(pen.at.y + step.y) };
      if (pen.down) stroke(pen.at, at);
      setPen({ ...pen, at });
    } else if (event.key === ' ') {
      if (!pen.down) stroke(pen.at, pen.at);
      setPen({ ...pen, down: !pen.down });
    } else if (event.key === 'Delete' || event.key === 'Backspace') onDraw(emptyInk());
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      className="draw-pad"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on by key, too.
      tabIndex={0}
      aria-label="Drawing pad. Arrow keys move the pen, Space puts it down or lifts it, Delete clears."
      onKeyDown={onKeyDown}
    >
      <canvas
        ref={canvas}
        data-testid="draw-pad"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={lift}
        onPointerCancel={lift}
      />
      <span
        className="draw-pen"
        data-down={pen.down || undefined}
        style={{ left: `${(100 * pen.at.x) / PAD}%`, top: `${(100 * pen.at.y) / PAD}%` }}
        aria-hidden
      />
    </div>
  );
}
