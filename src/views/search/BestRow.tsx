/** A row of a list of the best: its place, its cells, a bar, and its figure. A button. */
import type { ButtonHTMLAttributes } from 'react';
import { cellsOf } from '../../core/cellId.ts';
import type { ArchitectureId } from '../../core/space/ids.ts';
import { MiniCell } from './MiniCell.tsx';

interface BestRowProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** From 0. */
  readonly place: number;
  readonly id: ArchitectureId;
  /** Percent of the bar. */
  readonly length: number;
  readonly figure: string;
}

/** Percent of a bar, 15 for the worst that is listed and 100 for the best. */
export const barLength = (value: number, low: number, high: number): number =>
  15 + (85 * (value - low)) / (high - low || 1);

export function BestRow({ place, id, length, figure, ...button }: BestRowProps) {
  return (
    <button type="button" className="best-row" {...button}>
      <span className="best-place">{place + 1}</span>
      <span className="best-cells">
        {cellsOf(id).map((cell, stage) => (
          <MiniCell key={stage} cell={cell} />
        ))}
      </span>
      <span className="best-bar" aria-hidden>
        <span className="best-fill" style={{ inlineSize: `${length}%` }} />
      </span>
      <span className="best-score">{figure}</span>
    </button>
  );
}
