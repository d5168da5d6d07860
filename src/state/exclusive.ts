/** One thing trains at a time: what starts pauses the other, and says so. */
import type { Lab } from './lab.ts';
import { notify } from './store.ts';
import { runTrains, studyTrains } from './trains.ts';

/** Watches over a lab; returns the way to stop. The pause is asked for before the start is posted. */
export function keepExclusive({
  store,
  session,
  studies,
}: Pick<Lab, 'store' | 'session' | 'studies'>): () => void {
  return store.subscribe((state, before) => {
    if (runTrains(state) && !runTrains(before) && studyTrains(state)) {
      studies.pause();
      notify(store, 'info', 'The correlation study is paused while the search trains.');
    } else if (studyTrains(state) && !studyTrains(before) && runTrains(state)) {
      session.pause();
      notify(store, 'info', 'The search is paused while the correlation study trains.');
    }
  });
}

/** Pauses whatever trains, so that a network can be trained alone, and says so. */
export function makeRoom({ store, session, studies }: Pick<Lab, 'store' | 'session' | 'studies'>) {
  const state = store.getState();
  if (runTrains(state)) {
    session.pause();
    notify(store, 'info', 'The search is paused while a network is trained alone.');
  }
  if (studyTrains(state)) {
    studies.pause();
    notify(store, 'info', 'The correlation study is paused while a network is trained alone.');
  }
}
