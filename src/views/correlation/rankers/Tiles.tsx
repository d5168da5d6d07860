/** The chosen ranker, and one tile a figure of it: its value, its interval, and what it is. */
import './rankers.css';
import { memo } from 'react';
import { formatPoints, formatShare } from '../../../core/format.ts';
import type { RankerAnalysis } from '../../../core/study/analysisTypes.ts';
import { intervalText } from '../../../viz/shared/estimate.ts';
import { useLab } from '../../page/lab.ts';
import { type Reported, useChoose, useStudy } from '../useStudy.ts';
import { estimateOf, FIGURE_LIST, type FigureInfo, figureText } from './figures.ts';

export const Tiles = memo(function Tiles({ reported }: { readonly reported: Reported }) {
  const { ranker, report } = reported;
  const { truth } = report.analysis;
  const supernets = ranker.supernets > 1 ? `, average of ${ranker.supernets} supernets` : '';
  return (
    <section className="tiles-part" aria-label="Figures">
      <div className="tiles-head">
        <RankerPicker reported={reported} />
        <p>
          against the accuracy of <strong>{ranker.n}</strong> architectures trained alone{supernets}
          {truth.ceiling !== null && (
            <>
              {' '}
              · noise ceiling of ρ <strong>{formatShare(truth.ceiling)}</strong>
            </>
          )}
        </p>
      </div>
      <ul className="tiles">
        {FIGURE_LIST.map((info) => (
          <Tile key={info.id} info={info} reported={reported} />
        ))}
      </ul>
    </section>
  );
});

function Tile({ info, reported }: { readonly info: FigureInfo; readonly reported: Reported }) {
  const choose = useChoose();
  const chosen = useStudy((study) => study.chosen.figure === info.id);
  const { ranker, report } = reported;
  const { value, interval } = estimateOf(ranker, info);
  const unit = info.metric.unit === 'percentage points' ? 'pts' : info.metric.unit;
  const { truth } = report.analysis;
  const note = {
    spearman: truth.ceiling === null ? null : `ceiling ${figureText(truth.ceiling, info)}`,
    precisionAt5: truth.n > 0 ? `chance ${figureText(Math.min(1, 5 / truth.n), info)}` : null,
    sparseTau: truth.delta === null ? null : `δ ${formatPoints(truth.delta)} pts`,
  };
  const extra = info.id in note ? note[info.id as keyof typeof note] : null;
  return (
    <li>
      <button
        type="button"
        className="tile"
        aria-pressed={chosen}
        title="Sort the rankers by this figure"
        data-testid={`tile-${info.id}`}
        onClick={() => choose({ figure: info.id })}
      >
        <span className="tile-name">{info.metric.name}</span>
        <span className="tile-value">
          {figureText(value, info)}
          {unit && value !== null && <small> {unit}</small>}
        </span>
        <span className="tile-interval">
          {[intervalText(interval), extra].filter(Boolean).join(' · ') || ' '}
        </span>
        <span className="tile-about">{info.about}</span>
      </button>
    </li>
  );
}

const GROUPS: readonly { readonly kind: RankerAnalysis['kind']; readonly label: string }[] = [
  { kind: 'supernet', label: 'From the supernet' },
  { kind: 'proxy', label: 'Zero-cost proxies' },
  { kind: 'size', label: 'Size' },
  { kind: 'chance', label: 'Chance' },
];

/** Chooses the ranker under inspection. */
function RankerPicker({ reported }: { readonly reported: Reported }) {
  const choose = useChoose();
  const { studies } = useLab();
  const { ranker, report } = reported;
  const { rankers } = report.analysis;
  return (
    <label className="ranker-picker">
      <span>Ranker</span>
      <select
        value={ranker.id}
        data-testid="ranker-picker"
        onChange={(event) => {
          choose({ ranker: event.target.value, pair: null });
          studies.analyse();
        }}
      >
        {GROUPS.map(({ kind, label }) => {
          const own = rankers.filter((one) => one.kind === kind);
          return own.length === 0 ? null : (
            <optgroup key={kind} label={label}>
              {own.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
          );
        })}
      </select>
    </label>
  );
}
