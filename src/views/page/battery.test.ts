import { expect, test, vi } from 'vitest';
import { watchBattery } from './battery.ts';

test('tells when the plug is pulled, and when it is back', async () => {
  const listeners: (() => void)[] = [];
  const battery = {
    charging: true,
    addEventListener: (_: string, listener: () => void) => void listeners.push(listener),
  };
  const navigator = {
    getBattery() {
      expect(this).toBe(navigator);
      return Promise.resolve(battery);
    },
  };
  const told: boolean[] = [];
  watchBattery(navigator, (onBattery) => told.push(onBattery));
  await vi.waitFor(() => expect(told).toEqual([false]));
  battery.charging = false;
  for (const listener of listeners) listener();
  expect(told).toEqual([false, true]);
});

test('says nothing where nothing is known', async () => {
  const tell = vi.fn();
  watchBattery({}, tell);
  watchBattery({ getBattery: () => Promise.reject(new Error('forbidden')) }, tell);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(tell).not.toHaveBeenCalled();
});
