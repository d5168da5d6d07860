/** Saved runs: open, rename, delete, export, import. */
import './runs.css';
import { Download, FolderOpen, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { datasetName } from '../../core/run/datasets.ts';
import { closeDrawer, goTo } from '../../state/commands.ts';
import type { RunSummary } from '../../state/persistence.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatDate } from '../../ui/date.ts';
import { useCommand, useDispatch, useLab, useLabState } from '../page/lab.ts';
import { DeleteQuestion } from './DeleteQuestion.tsx';
import { RenameForm } from './RenameForm.tsx';
import { StudyRows } from './StudyRows.tsx';

export function RunsDrawer() {
  const { store } = useLab();
  const dispatch = useDispatch();
  const open = useLabState((state) => state.drawer === 'runs');
  const runs = useLabState((state) => state.runs);
  const hasStudies = useLabState((state) => state.study.studies.length > 0);
  const storage = useLabState((state) => state.storage);
  const busy = useLabState((state) => state.status === 'running' || state.status === 'starting');
  return (
    <Dialog
      open={open}
      shape="drawer"
      title="Runs and studies"
      onClose={() => closeDrawer(store)}
      footer={
        <Button
          icon={<FolderOpen size={16} aria-hidden />}
          disabled={busy}
          data-testid="import-run"
          onClick={() => dispatch('open')}
        >
          Open a file
        </Button>
      }
    >
      <p className="drawer-lead">
        {storage === 'indexeddb'
          ? 'Every run is kept in this browser as it goes on, and can be continued later.'
          : 'This browser refuses storage: runs are kept until the page is closed. Export what you want to keep.'}
      </p>
      {runs.length === 0 ? (
        <p className="drawer-empty">No run yet. Those you start or open are listed here.</p>
      ) : (
        <ul className="run-list" data-testid="run-list">
          {runs.map((run) => (
            <RunRow key={run.id} run={run} busy={busy} />
          ))}
        </ul>
      )}
      {hasStudies && (
        <>
          <h3 className="drawer-title">Correlation studies</h3>
          <StudyRows />
        </>
      )}
    </Dialog>
  );
}

const lineOf = ({ config, createdAt, eventCount }: RunSummary) =>
  [
    formatDate(createdAt),
    config &&
      `${datasetName(config.dataset)}, ${config.stages} × ${config.candidates}, seed ${config.seed}`,
    `${eventCount} events`,
  ]
    .filter(Boolean)
    .join(' · ');

function RunRow({ run, busy }: { readonly run: RunSummary; readonly busy: boolean }) {
  const command = useCommand();
  const isOpen = useLabState((state) => state.run?.id === run.id);
  const [asking, setAsking] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const openRun = () =>
    command(async ({ session, store }) => {
      await session.open(run.id);
      closeDrawer(store);
      goTo(store, 'search');
    });
  const exportRun = () =>
    command(async ({ session, platform }) => {
      if (!isOpen) await session.open(run.id);
      const { fileName, bytes } = await session.exportRun();
      platform.download(fileName, bytes, 'application/gzip');
    });
  const rename = (title: string) => {
    command(({ session }) => session.rename(run.id, title));
    setRenaming(false);
  };
  return (
    <li className="run-row" aria-current={isOpen || undefined} data-testid={`run-${run.id}`}>
      {renaming ? (
        <RenameForm what="run" title={run.title} onRename={rename} />
      ) : (
        <div className="run-name">
          <strong>{run.title}</strong>
          <span className="run-about">{lineOf(run)}</span>
        </div>
      )}
      <div className="run-tools">
        <Button
          size="s"
          kind={isOpen ? 'plain' : 'primary'}
          disabled={busy || isOpen}
          onClick={openRun}
        >
          {isOpen ? 'Open now' : 'Open'}
        </Button>
        <IconButton label={`Rename ${run.title}`} onClick={() => setRenaming(!renaming)}>
          <Pencil size={15} aria-hidden />
        </IconButton>
        <IconButton label={`Export ${run.title}`} disabled={busy && !isOpen} onClick={exportRun}>
          <Download size={15} aria-hidden />
        </IconButton>
        <IconButton
          label={`Delete ${run.title}`}
          disabled={busy && isOpen}
          aria-expanded={asking}
          onClick={() => setAsking(!asking)}
        >
          <Trash2 size={15} aria-hidden />
        </IconButton>
      </div>
      {asking && (
        <DeleteQuestion
          what="run"
          onDelete={() => command(({ session }) => session.remove(run.id))}
          onKeep={() => setAsking(false)}
        />
      )}
    </li>
  );
}
