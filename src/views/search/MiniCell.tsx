/** A cell as a thumbnail. */
import { useEffect, useRef } from 'react';
import { renderCell } from '../../viz/cell/render.ts';
import { drawNever, drawSoon } from '../page/frames.ts';

interface MiniCellProps {
  readonly vertices: number;
  readonly mask: number;
  readonly width?: number;
  readonly height?: number;
}

export function MiniCell({ vertices, mask, width = 64, height = 32 }: MiniCellProps) {
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const element = svg.current;
    if (!element) return;
    // In turns: a table has a hundred of them.
    drawSoon(element, () =>
      renderCell(element, { vertices, mask, labels: false }, { width, height, motion: false }),
    );
    return () => drawNever(element);
  }, [vertices, mask, width, height]);
  return <svg ref={svg} className="mini-cell" width={width} height={height} />;
}
