/** A cell as a thumbnail. */
import { useEffect, useRef } from 'react';
import { renderCell } from '../../viz/index.ts';

interface MiniCellProps {
  readonly vertices: number;
  readonly mask: number;
  readonly width?: number;
  readonly height?: number;
}

export function MiniCell({ vertices, mask, width = 64, height = 32 }: MiniCellProps) {
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    if (!svg.current) return;
    renderCell(svg.current, { vertices, mask, labels: false }, { width, height, motion: false });
  }, [vertices, mask, width, height]);
  return <svg ref={svg} className="mini-cell" width={width} height={height} />;
}
