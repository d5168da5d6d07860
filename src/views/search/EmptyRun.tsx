/** The empty state of a panel: a sentence, and the button that fills it. */
import type { ReactNode } from 'react';
import { runTrains } from '../../state/trains.ts';
import { useLabState } from '../page/lab.ts';
import { StartButton } from './StartButton.tsx';

export function EmptyRun({ children }: { readonly children: ReactNode }) {
  const going = useLabState(runTrains);
  return (
    <>
      <p>{children}</p>
      {!going && <StartButton label="Start a search" testId="empty-start" />}
    </>
  );
}
