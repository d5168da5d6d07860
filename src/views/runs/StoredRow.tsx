/** Something stored, in a list: what it is, and what can be done with it. Asks before it is deleted. */
import './runs.css';
import { Pencil, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button, IconButton } from '../../ui/Button.tsx';
import { RenameForm } from './RenameForm.tsx';

interface StoredRowProps {
  /** `run` or `study`. */
  readonly what: string;
  readonly title: string;
  readonly about: string;
  readonly isOpen: boolean;
  /** The button that opens it. */
  readonly openLabel: string;
  readonly onOpen: () => void;
  readonly openDisabled?: boolean;
  /** Offers to rename it. */
  readonly onRename?: (title: string) => void;
  readonly onDelete: () => void;
  readonly deleteDisabled?: boolean;
  /** More tools, between those for its name and its end. */
  readonly children?: ReactNode;
  readonly testId?: string;
}

export function StoredRow(props: StoredRowProps) {
  const { what, title, about, isOpen, openLabel, onOpen, onRename, onDelete, children } = props;
  const [asking, setAsking] = useState(false);
  const [renaming, setRenaming] = useState(false);
  return (
    <li className="run-row" aria-current={isOpen || undefined} data-testid={props.testId}>
      {renaming && onRename ? (
        <RenameForm
          what={what}
          title={title}
          onRename={(next) => {
            onRename(next);
            setRenaming(false);
          }}
        />
      ) : (
        <div className="run-name">
          <strong>{title}</strong>
          <span className="fine-text">{about}</span>
        </div>
      )}
      <div className="run-tools">
        <Button
          size="s"
          kind={isOpen ? 'plain' : 'primary'}
          disabled={props.openDisabled}
          onClick={onOpen}
        >
          {openLabel}
        </Button>
        {onRename && (
          <IconButton label={`Rename ${title}`} onClick={() => setRenaming(!renaming)}>
            <Pencil size={15} aria-hidden />
          </IconButton>
        )}
        {children}
        <IconButton
          label={`Delete ${title}`}
          disabled={props.deleteDisabled}
          aria-expanded={asking}
          onClick={() => setAsking(!asking)}
        >
          <Trash2 size={15} aria-hidden />
        </IconButton>
      </div>
      {asking && <DeleteQuestion what={what} onDelete={onDelete} onKeep={() => setAsking(false)} />}
    </li>
  );
}

interface DeleteQuestionProps {
  readonly what: string;
  readonly onDelete: () => void;
  readonly onKeep: () => void;
}

function DeleteQuestion({ what, onDelete, onKeep }: DeleteQuestionProps) {
  return (
    <p className="run-ask" role="alert">
      Delete this {what} for good?
      <Button size="s" kind="danger" onClick={onDelete}>
        Delete
      </Button>
      <Button size="s" onClick={onKeep}>
        Keep
      </Button>
    </p>
  );
}
