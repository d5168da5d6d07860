/** Asks before something stored is gone for good. */
import { Button } from '../../ui/Button.tsx';

interface DeleteQuestionProps {
  /** `run` or `study`. */
  readonly what: string;
  readonly onDelete: () => void;
  readonly onKeep: () => void;
}

export function DeleteQuestion({ what, onDelete, onKeep }: DeleteQuestionProps) {
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
