/**
 * What the screen follows while it is looked at. A hidden page draws nothing, however much is told
 * meanwhile (training goes on in its thread, and the log grows); shown again, it catches up at once.
 */
import type { StoreApi } from 'zustand';

/** What a hook needs of a store. */
export type Followed<T> = Pick<StoreApi<T>, 'getState' | 'getInitialState' | 'subscribe'>;

/** What is needed of a document. */
export interface Page {
  readonly hidden: boolean;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
}

/** The store, with listeners that hear of changes only while `page` is visible. */
export function whileVisible<T>(store: StoreApi<T>, page: Page): Followed<T> {
  const listeners = new Set<(state: T, before: T) => void>();
  let told = store.getState();
  const tell = () => {
    const state = store.getState();
    if (page.hidden || state === told) return;
    const before = told;
    told = state;
    for (const listener of [...listeners]) listener(state, before);
  };
  store.subscribe(tell);
  page.addEventListener('visibilitychange', tell);
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
