/** What goes on now: asked by actions, by screens, and by what lets one thing train at a time. */
import type { LabState } from './store.ts';

/** True while a search trains, or is about to. */
export const runTrains = ({ status }: Pick<LabState, 'status'>): boolean =>
  status === 'running' || status === 'starting';

/** True while a search trains or a recording plays. */
export const runPlays = (state: Pick<LabState, 'status' | 'playback'>): boolean =>
  runTrains(state) || state.playback.playing;

/** True while a study trains, or is about to. */
export const studyTrains = ({ study }: Pick<LabState, 'study'>): boolean =>
  study.status === 'measuring' || study.status === 'starting';
