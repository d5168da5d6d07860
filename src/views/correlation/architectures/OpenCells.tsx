/** An architecture by the cells of its stages: a button that opens the whole network. */
import './architectures.css';
import type { ReactNode } from 'react';
import type { PartId } from '../../../core/space/ids.ts';
import { useLab } from '../../page/lab.ts';
import { MiniCell } from '../../search/MiniCell.tsx';

interface OpenCellsProps {
  /** Id of the architecture. */
  readonly id: string;
  /** One a stage. */
  readonly cells: readonly PartId[];
  /** Width of a cell in CSS pixels; its height follows. */
  readonly width: number;
  readonly title: string;
  /** Its name, and what else there is to say of it. */
  readonly children: ReactNode;
}

export function OpenCells({ id, cells, width, title, children }: OpenCellsProps) {
  const { openArchitecture } = useLab();
  const height = Math.round(0.54 * width);
  return (
    <button type="button" className="open-cells" title={title} onClick={() => openArchitecture(id)}>
      <span className="open-cells-row">
        {cells.map((cell, stage) => (
          <MiniCell key={stage} cell={cell} width={width} height={height} />
        ))}
      </span>
      {children}
    </button>
  );
}
