/** Stored correlation studies: open, delete. */
import { datasetName } from '../../core/run/datasets.ts';
import { closeDrawer, goTo, setUpStudy } from '../../state/commands.ts';
import type { StudySummary } from '../../state/storage/studies.ts';
import { formatDate } from '../../ui/date.ts';
import { useCommand, useLabState } from '../page/lab.ts';
import { StoredRow } from './StoredRow.tsx';

export function StudyRows() {
  const studies = useLabState((state) => state.study.studies);
  return (
    <ul className="run-list" data-testid="study-list">
      {studies.map((study) => (
        <StudyRow key={study.id} study={study} />
      ))}
    </ul>
  );
}

const studyLine = ({ facts, evaluations, finished, createdAt }: StudySummary): string =>
  [
    formatDate(createdAt),
    facts && `${datasetName(facts.dataset)}, ${facts.stages} × ${facts.candidates}`,
    `${evaluations} trainings`,
    finished ? 'finished' : 'unfinished',
  ]
    .filter(Boolean)
    .join(' · ');

function StudyRow({ study }: { readonly study: StudySummary }) {
  const command = useCommand();
  const isOpen = useLabState((state) => state.study.log?.id === study.id);
  const open = () =>
    command(async ({ store, studies }) => {
      if (isOpen) setUpStudy(store, false);
      else await studies.open(study.id);
      closeDrawer(store);
      goTo(store, 'correlation');
    });
  return (
    <StoredRow
      what="study"
      title={study.title}
      about={studyLine(study)}
      isOpen={isOpen}
      openLabel={isOpen ? 'Back to it' : 'Open'}
      onOpen={open}
      onDelete={() => command(({ studies }) => studies.remove(study.id))}
    />
  );
}
