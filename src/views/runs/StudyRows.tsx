/** Stored correlation studies: open, delete. */
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { datasetName } from '../../core/run/datasets.ts';
import { closeDrawer, goTo, setUpStudy } from '../../state/commands.ts';
import type { StudySummary } from '../../state/study/storage.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { formatDate } from '../../ui/date.ts';
import { useCommand, useLabState } from '../page/lab.ts';
import { DeleteQuestion } from './DeleteQuestion.tsx';

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
  const [asking, setAsking] = useState(false);
  return (
    <li className="run-row">
      <div className="run-name">
        <strong>{study.title}</strong>
        <span className="run-about">{studyLine(study)}</span>
      </div>
      <div className="run-tools">
        <Button size="s" kind={isOpen ? 'plain' : 'primary'} onClick={open}>
          {isOpen ? 'Back to it' : 'Open'}
        </Button>
        <IconButton
          label={`Delete ${study.title}`}
          aria-expanded={asking}
          onClick={() => setAsking(!asking)}
        >
          <Trash2 size={15} aria-hidden />
        </IconButton>
      </div>
      {asking && (
        <DeleteQuestion
          what="study"
          onDelete={() => command(({ studies }) => studies.remove(study.id))}
          onKeep={() => setAsking(false)}
        />
      )}
    </li>
  );
}
