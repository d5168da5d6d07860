import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { whileVisible } from './visible.ts';

/** A page that can be hidden and shown. */
function createPage() {
  const listeners: (() => void)[] = [];
  const page = {
    hidden: false,
    addEventListener: (_: 'visibilitychange', listener: () => void) =>
      void listeners.push(listener),
  };
  const set = (hidden: boolean) => {
    page.hidden = hidden;
    for (const listener of listeners) listener();
  };
  return { page, hide: () => set(true), show: () => set(false) };
}

function follow() {
  const { page, hide, show } = createPage();
  const store = createStore<{ step: number }>()(() => ({ step: 0 }));
  const told: (readonly [number, number])[] = [];
  const followed = whileVisible(store, page);
  const leave = followed.subscribe(({ step }, before) => told.push([before.step, step]));
  return { store, followed, told, leave, hide, show };
}

test('a visible page hears of every change', () => {
  const { store, told } = follow();
  store.setState({ step: 1 });
  store.setState({ step: 2 });
  expect(told).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

test('a hidden page hears of nothing, and once of everything when it is shown', () => {
  const { store, followed, told, hide, show } = follow();
  hide();
  for (let step = 1; step <= 50; step++) store.setState({ step });
  expect(told).toEqual([]);
  expect(followed.getState().step).toBe(50);
  show();
  expect(told).toEqual([[0, 50]]);
  hide();
  show();
  expect(told.length).toBe(1);
});

test('who has left hears nothing', () => {
  const { store, told, leave } = follow();
  leave();
  store.setState({ step: 1 });
  expect(told).toEqual([]);
});
