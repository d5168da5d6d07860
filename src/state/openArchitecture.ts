/** Goes to the screen of one architecture, with the settings it was listed under. */
import type { LabStore } from './store.ts';

/** Opens an architecture by its id, e.g. `5:a3.1f`, from the run or the study on the screen. */
export function openArchitecture(store: LabStore, architecture: string): void {
  store.setState(({ screen, study, view }) => ({
    architecture,
    architectureConfig:
      screen === 'correlation' ? (study.view.config?.run ?? null) : (view.config ?? null),
    screen: 'architecture',
  }));
}
