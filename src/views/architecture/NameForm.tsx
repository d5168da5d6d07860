/** Opens an architecture by its name. */
import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useLab } from '../page/lab.ts';
import { openListed, settingsOf, tryBuild } from './useNetwork.ts';

export function NameForm() {
  const { store } = useLab();
  const id = useId();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const config = settingsOf(store.getState());
    const tried = tryBuild(text.trim(), config);
    if ('problem' in tried) return setProblem(tried.problem);
    setProblem(null);
    setText('');
    openListed(store, { id: tried.built.id, config });
  };
  return (
    <form className="name-form" onSubmit={submit}>
      <label htmlFor={id}>Open by name</label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        spellCheck={false}
        placeholder="5:a3.1f"
        value={text}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        onChange={(event) => setText(event.target.value)}
        data-testid="architecture-name"
      />
      <Button submit size="s">
        Open
      </Button>
      {problem !== null && (
        <p className="field-issue" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </form>
  );
}
