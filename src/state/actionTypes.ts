/** What an action is. */
import type { Lab } from './lab.ts';
import type { LabState, ViewId } from './store.ts';

export type ActionId =
  | 'start'
  | 'toggle-play'
  | 'step-generation'
  | 'step-phase'
  | 'back'
  | 'forward'
  | 'live'
  | 'branch'
  | 'reseed'
  | 'export'
  | 'correlate'
  | 'toggle-study'
  | 'study-more'
  | 'study-csv'
  | 'study-json'
  | 'study-export'
  | 'open'
  | 'toggle-theme'
  | 'toggle-tables'
  | 'toggle-help'
  | 'close'
  | `view-${ViewId}`;

export interface Action {
  readonly id: ActionId;
  readonly label: string;
  /** Label for the present state, where it differs (play or pause). */
  readonly labelFor?: (state: LabState) => string;
  /** Name of a lucide icon. */
  readonly icon: string;
  readonly iconFor?: (state: LabState) => string;
  /** `Space`, `Shift+N`, `ArrowLeft`, `?`, … */
  readonly key: string;
  readonly group: 'run' | 'history' | 'study' | 'file' | 'screen';
  readonly help: string;
  readonly when: (state: LabState) => boolean;
  readonly run: (lab: Lab) => void | Promise<void>;
}
