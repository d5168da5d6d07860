/** The correlation screen: the form for a study where none is open, else the study. */
import { useEffect } from 'react';
import { useCommand } from '../page/lab.ts';
import { StudyScreen } from './StudyScreen.tsx';
import { SetupView } from './setup/SetupView.tsx';
import { loadShipped } from './setup/shipped.ts';
import { useStudy } from './useStudy.ts';

export function CorrelationView() {
  const command = useCommand();
  const open = useStudy((study) => study.log !== null);
  const settingUp = useStudy((study) => study.settingUp);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the screen is first shown.
  useEffect(() => {
    command(async ({ store, studies }) => {
      await loadShipped(store);
      if (!store.getState().study.settingUp) await studies.openLast();
    });
  }, []);
  return open && !settingUp ? <StudyScreen /> : <SetupView />;
}
