/** Saved runs: open, rename, delete, export, import. */
import { Download, FolderOpen } from 'lucide-react';
import { findMethod } from '../../core/method/registry.ts';
import { datasetName } from '../../core/run/datasets.ts';
import { closeDrawer, goTo } from '../../state/commands.ts';
import type { RunSummary } from '../../state/storage/runs.ts';
import { runTrains } from '../../state/trains.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatDate } from '../../ui/date.ts';
import { candidatesText } from '../costs/candidates.ts';
import { useCommand, useDispatch, useLab, useLabState } from '../page/lab.ts';
import { StoredRow } from './StoredRow.tsx';
import { StudyRows } from './StudyRows.tsx';

export function RunsDrawer() {
  const { store } = useLab();
  const dispatch = useDispatch();
  const open = useLabState((state) => state.drawer === 'runs');
  const runs = useLabState((state) => state.runs);
  const hasStudies = useLabState((state) => state.study.studies.length > 0);
  const storage = useLabState((state) => state.storage);
  const busy = useLabState(runTrains);
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

/** What a method that ranks regions offers; else only how many stages there are. */
function sizeOf({ method, stages, candidates }: NonNullable<RunSummary['config']>): string {
  const alone = findMethod(method)?.descriptor.kind === 'black-box';
  return alone ? `${stages} ${stages === 1 ? 'stage' : 'stages'}` : candidatesText(candidates);
}

const lineOf = ({ config, createdAt, eventCount }: RunSummary) =>
  [
    formatDate(createdAt),
    config && `${datasetName(config.dataset)}, ${sizeOf(config)}, seed ${config.seed}`,
    `${eventCount} events`,
  ]
    .filter(Boolean)
    .join(' · ');

function RunRow({ run, busy }: { readonly run: RunSummary; readonly busy: boolean }) {
  const command = useCommand();
  const isOpen = useLabState((state) => state.run?.id === run.id);
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
  return (
    <StoredRow
      what="run"
      title={run.title}
      about={lineOf(run)}
      isOpen={isOpen}
      openLabel={isOpen ? 'Open now' : 'Open'}
      openDisabled={busy || isOpen}
      onOpen={openRun}
      onRename={(title) => command(({ session }) => session.rename(run.id, title))}
      onDelete={() => command(({ session }) => session.remove(run.id))}
      deleteDisabled={busy && isOpen}
      testId={`run-${run.id}`}
    >
      <IconButton label={`Export ${run.title}`} disabled={busy && !isOpen} onClick={exportRun}>
        <Download size={15} aria-hidden />
      </IconButton>
    </StoredRow>
  );
}
