/** Chooses the ranker under inspection. */
import type { RankerAnalysis } from '../../../core/study/analysisTypes.ts';
import { useLab } from '../../page/lab.ts';
import { type Reported, useChoose } from '../useStudy.ts';

const GROUPS: readonly { readonly kind: RankerAnalysis['kind']; readonly label: string }[] = [
  { kind: 'supernet', label: 'From the supernet' },
  { kind: 'proxy', label: 'Zero-cost proxies' },
  { kind: 'size', label: 'Size' },
  { kind: 'chance', label: 'Chance' },
];

export function RankerPicker({ reported }: { readonly reported: Reported }) {
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
