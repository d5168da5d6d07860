/** The empty state of a panel: a sentence, and the button that fills it. */
import type { ReactNode } from 'react';
import { useLabState } from '../page/lab.ts';
import { StartButton } from './StartButton.tsx';

export function EmptyRun({ children }: { readonly children: ReactNode }) {
  const going = useLabState((state) => state.status === 'running' || state.status === 'starting');
  return (
    <>
      <p>{children}</p>
      {!going && <StartButton label="Start a search" testId="empty-start" />}
    </>
  );
}
