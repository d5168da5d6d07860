/** What the open study is, and what can be done with it as a whole. */
import { Download, Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { formatCount } from '../../core/format.ts';
import { datasetName } from '../../core/run/datasets.ts';
import { lossCount } from '../../core/study/deviceLoss.ts';
import type { StudyView } from '../../core/study/reducer.ts';
import { distinctCount } from '../../core/study/select.ts';
import { setUpStudy } from '../../state/commands.ts';
import { originName } from '../../state/study/names.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useCommand, useDispatch, useLab, useLabState } from '../page/lab.ts';
import { RenameForm } from '../runs/RenameForm.tsx';
import { useStudy } from './useStudy.ts';

function lineOf({ config, amount, losses }: StudyView): string {
  if (!config || !amount) return 'Getting ready';
  const { run, region, origin, steps } = config;
  const architectures = distinctCount(region);
  return [
    datasetName(run.task.dataset),
    originName(origin),
    `${region.length} stages, ${formatCount(architectures)} architectures, ${formatCount(amount.architectures)} of them trained alone`,
    `${amount.seeds} ${amount.seeds === 1 ? 'seed' : 'seeds'} each`,
    `${formatCount(steps)} steps`,
    `${amount.supernets} ${amount.supernets === 1 ? 'supernet' : 'supernets'}${config.variants.length > 1 ? ` of each of ${config.variants.map(({ id }) => id).join(', ')}` : ''}`,
    ...(losses > 0 ? [lossCount(losses)] : []),
  ].join(' · ');
}

export function StudyHeader() {
  const { store } = useLab();
  const dispatch = useDispatch();
  const title = useStudy((study) => study.log?.title ?? 'A study');
  const id = useStudy((study) => study.log?.id);
  const command = useCommand();
  const view = useStudy((study) => study.view);
  const recorded = useStudy((study) => study.recorded);
  const more = useLabState(({ study }) => study.view.eventCount > 0 && study.status !== 'starting');
  const [renaming, setRenaming] = useState(false);
  const rename = (next: string) => {
    if (!id) return;
    command(({ studies }) => studies.rename(id, next));
    setRenaming(false);
  };
  return (
    <header className="study-head">
      <div className="study-title">
        <p className="eyebrow">{recorded ? 'Recorded study' : 'Correlation study'}</p>
        {renaming ? (
          <RenameForm what="study" title={title} onRename={rename} />
        ) : (
          <h1>
            {title}
            {!recorded && (
              <IconButton label="Rename the study" onClick={() => setRenaming(true)}>
                <Pencil size={15} aria-hidden />
              </IconButton>
            )}
          </h1>
        )}
        <p className="study-line">{lineOf(view)}</p>
      </div>
      <div className="study-actions">
        <Button
          icon={<Plus size={16} aria-hidden />}
          data-testid="study-more"
          disabled={!more}
          onClick={() => dispatch('study-more')}
        >
          Add more
        </Button>
        <Menu
          label="Export the study"
          icon={<Download size={17} aria-hidden />}
          testId="study-export"
          items={[
            { id: 'csv', label: 'Table (CSV)', onSelect: () => dispatch('study-csv') },
            { id: 'json', label: 'Statistics (JSON)', onSelect: () => dispatch('study-json') },
            {
              id: 'log',
              label: 'Whole study (.jsonl.gz)',
              onSelect: () => dispatch('study-export'),
            },
          ]}
        />
        <Button data-testid="study-new" onClick={() => setUpStudy(store, true)}>
          Other studies
        </Button>
      </div>
    </header>
  );
}
