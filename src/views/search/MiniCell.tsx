/** A cell as a thumbnail. */
import { useEffect, useRef } from 'react';
import type { PartId } from '../../core/space/ids.ts';
import { renderCell } from '../../viz/cell/render.ts';
import { drawNever, drawSoon } from '../page/frames.ts';

interface MiniCellProps {
  readonly cell: PartId;
  readonly width?: number;
  readonly height?: number;
}

export function MiniCell({ cell, width = 64, height = 32 }: MiniCellProps) {
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const element = svg.current;
    if (!element) return;
    // In turns: a table has a hundred of them.
    drawSoon(element, () =>
      renderCell(element, { cell, labels: false }, { width, height, motion: false }),
    );
    return () => drawNever(element);
  }, [cell, width, height]);
  return <svg ref={svg} className="mini-cell" width={width} height={height} />;
}
