/** Plays a recording: moves the cursor in time. The worker has no part in it. */
import { type LabStore, moveCursor } from './store.ts';

export interface Player {
  /** Plays on, from the start if it stands at the end. */
  play(): void;
  stop(): void;
}

/** Events a second at speed 1. */
export const EVENTS_PER_SECOND = 12;
const TICK_MS = 80;

/** A player of the open recording. */
export function createPlayer(store: LabStore): Player {
  let timer: ReturnType<typeof setInterval> | null = null;
  let position = 0;

  const setPlaying = (playing: boolean) =>
    store.setState(({ playback }) => ({ playback: { ...playback, playing } }));

  const stop = () => {
    if (timer !== null) clearInterval(timer);
    timer = null;
    if (store.getState().playback.playing) setPlaying(false);
  };

  const tick = () => {
    const { run, recorded, cursor, playback } = store.getState();
    if (!run || !recorded) return stop();
    // Follow the user if they moved the cursor meanwhile.
    const shown = cursor ?? run.events.length;
    if (Math.floor(position) !== shown) position = shown;
    position += (EVENTS_PER_SECOND * TICK_MS * playback.speed) / 1000;
    const next = Math.floor(position);
    if (next !== shown) moveCursor(store, next);
    if (next >= run.events.length) stop();
  };

  return {
    play() {
      const { run, recorded, cursor } = store.getState();
      if (!run || !recorded || timer !== null) return;
      if (cursor === null) moveCursor(store, 1);
      position = store.getState().cursor ?? 1;
      setPlaying(true);
      timer = setInterval(tick, TICK_MS);
    },
    stop,
  };
}
