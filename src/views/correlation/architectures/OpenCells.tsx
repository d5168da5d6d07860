/** An architecture by the cells of its stages: a button that opens the whole network. */
import './architectures.css';
import type { ReactNode } from 'react';
import { useLab } from '../../page/lab.ts';
import { MiniCell } from '../../search/MiniCell.tsx';

interface OpenCellsProps {
  /** Id of the architecture. */
  readonly id: string;
  /** A cell a stage. */
  readonly masks: readonly number[];
  readonly vertices: number;
  /** Width of a cell in CSS pixels; its height follows. */
  readonly width: number;
  readonly title: string;
  /** Its name, and what else there is to say of it. */
  readonly children: ReactNode;
}

export function OpenCells({ id, masks, vertices, width, title, children }: OpenCellsProps) {
  const { openArchitecture } = useLab();
  const height = Math.round(0.54 * width);
  return (
    <button type="button" className="open-cells" title={title} onClick={() => openArchitecture(id)}>
      <span className="open-cells-row">
        {masks.map((mask, stage) => (
          <MiniCell key={stage} vertices={vertices} mask={mask} width={width} height={height} />
        ))}
      </span>
      {children}
    </button>
  );
}
