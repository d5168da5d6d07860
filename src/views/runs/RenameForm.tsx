/** A new name for something stored. */
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';

interface RenameFormProps {
  /** `run` or `study`. */
  readonly what: string;
  readonly title: string;
  /** Gets a name that is not blank. */
  readonly onRename: (title: string) => void;
}

export function RenameForm({ what, title, onRename }: RenameFormProps) {
  const [text, setText] = useState(title);
  return (
    <form
      className="run-rename"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') onRename(text.trim());
      }}
    >
      <input
        type="text"
        aria-label={`New name of the ${what}`}
        value={text}
        maxLength={80}
        onChange={(event) => setText(event.target.value)}
      />
      <Button size="s" submit>
        Rename
      </Button>
    </form>
  );
}
