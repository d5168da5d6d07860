/** The candidates of a region, a row a stage. */
import './setup.css';
import { formatCount } from '../../../core/format.ts';
import type { Region } from '../../../core/region.ts';
import { distinctCount } from '../../../core/study/select.ts';
import { MiniCell } from '../../search/MiniCell.tsx';

export function RegionPreview({ region }: { readonly region: Region }) {
  return (
    <figure className="region-preview">
      {region.map((cells, stage) => (
        <div key={stage} className="region-row">
          <span>Stage {stage + 1}</span>
          {cells.map((cell, candidate) => (
            <MiniCell key={candidate} cell={cell} width={58} height={30} />
          ))}
        </div>
      ))}
      <figcaption>{formatCount(distinctCount(region))} different architectures</figcaption>
    </figure>
  );
}
