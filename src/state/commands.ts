/**
 * Named changes of what the page shows: its screen, its drawer, the form of a study. Buttons and
 * actions call these, and those of the store, the session and the studies: no screen writes to the
 * store by itself (biome.json forbids it).
 */
import type { RunConfig } from '../core/run/config.ts';
import type { LabState, LabStore, ViewId } from './store.ts';
import type { StudyDraft } from './study/draft.ts';
import { type ShippedStudy, setStudy } from './study/slice.ts';

/** Goes to a screen. */
export function goTo(store: LabStore, screen: ViewId): void {
  store.setState({ screen });
}

/** Opens a drawer over the screen. */
export function openDrawer(store: LabStore, drawer: Exclude<LabState['drawer'], 'closed'>): void {
  store.setState({ drawer });
}

/** Closes the drawer, if one is open. */
export function closeDrawer(store: LabStore): void {
  store.setState({ drawer: 'closed' });
}

/** Shows or hides the sheet of keys. */
export function showHelp(store: LabStore, help: boolean): void {
  store.setState({ help });
}

/** Whether single keys are commands. */
export function allowShortcuts(store: LabStore, shortcuts: boolean): void {
  store.setState({ shortcuts });
}

/** Takes note of where the machine has its power from. */
export function noteBattery(store: LabStore, onBattery: boolean): void {
  store.setState({ onBattery });
}

/** Chooses the network of the architecture screen. `config`: null for the settings of the next run. */
export function chooseNetwork(store: LabStore, id: string, config: RunConfig | null): void {
  store.setState({ architecture: id, architectureConfig: config });
}

/** Shows the form of a new study over the open one, or goes back to that. */
export function setUpStudy(store: LabStore, settingUp: boolean): void {
  setStudy(store, { settingUp });
}

/** Opens or closes the dialog that asks for more of a study. */
export function askForMore(store: LabStore, adding: boolean): void {
  setStudy(store, { adding });
}

/** Changes the form of a new study. */
export function editStudyDraft(store: LabStore, change: Partial<StudyDraft>): void {
  const { draft } = store.getState().study;
  setStudy(store, { draft: { ...draft, ...change } });
}

/** Takes in which studies ship with the lab. */
export function listShipped(store: LabStore, shipped: readonly ShippedStudy[]): void {
  setStudy(store, { shipped });
}
