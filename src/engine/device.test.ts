/** Devices that are lost and renewed, on a made-up backend: Node has no WebGPU. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LabError } from '../core/errors.ts';
import { currentDevice, currentLoss, lossBehind, renewDevice, watchDevice } from './device.ts';
import { useBackend } from './testing.ts';
import * as tf from './tf.ts';

interface Loss {
  readonly reason: 'unknown' | 'destroyed';
  readonly message: string;
}

/** As much of a device as is watched. */
class FakeDevice {
  lose: (loss: Loss) => void = () => undefined;
  readonly lost = new Promise<Loss>((resolve) => {
    this.lose = resolve;
  });
  private readonly listeners: ((event: { error: { message: string } }) => void)[] = [];

  addEventListener(_: string, listener: (event: { error: { message: string } }) => void): void {
    this.listeners.push(listener);
  }

  refuse(message: string): void {
    for (const listener of this.listeners) listener({ error: { message } });
  }
}

class FakeBackend extends tf.KernelBackend {
  readonly device = new FakeDevice();
  override dispose(): void {}
}

const made: FakeDevice[] = [];
let adapters = true;

async function factory(): Promise<tf.KernelBackend> {
  if (!adapters) throw new Error('no adapter');
  const backend = new FakeBackend();
  made.push(backend.device);
  return backend;
}

const latest = () => made.at(-1)!;

/** Lets whoever waits for a promise have his turn. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

const told: LabError[] = [];

beforeAll(async () => {
  await useBackend('wasm');
  tf.registerBackend('webgpu', factory, 3);
  await tf.setBackend('webgpu');
  watchDevice((error) => told.push(error));
});

beforeEach(async () => {
  adapters = true;
  await renewDevice();
  told.length = 0;
});

describe('watching', () => {
  test('tells of a loss and of a refused command, of each device that follows', async () => {
    latest().refuse('nonsense');
    latest().lose({ reason: 'unknown', message: 'a cable' });
    await settle();
    await renewDevice();
    latest().lose({ reason: 'unknown', message: 'again' });
    await settle();
    expect(told.map(({ code, details }) => [code, details.reason])).toEqual([
      ['backend-wrong', undefined],
      ['device-lost', 'a cable'],
      ['device-lost', 'again'],
    ]);
  });

  test('is silent about a device that was given up', async () => {
    const old = latest();
    await renewDevice();
    old.refuse('late');
    old.lose({ reason: 'destroyed', message: '' });
    await settle();
    expect(told).toEqual([]);
  });
});

describe('the loss behind an error', () => {
  test('is found whatever the error is called, also if the news comes late', async () => {
    const device = latest();
    const found = lossBehind(new DOMException('mapping failed', 'AbortError'));
    setTimeout(() => device.lose({ reason: 'unknown', message: 'a cable' }), 20);
    expect(await found).toMatchObject({ code: 'device-lost', details: { reason: 'a cable' } });
    expect(await currentLoss()).toMatchObject({ code: 'device-lost' });
  });

  test('is the error itself, if that says so', async () => {
    const known = new LabError('device-lost', 'gone');
    expect(await lossBehind(known)).toBe(known);
  });

  test('is none on a sound device, and for a cancelled run', async () => {
    expect(await lossBehind(new LabError('training-diverged', 'NaN'))).toBeNull();
    latest().lose({ reason: 'unknown', message: '' });
    expect(await lossBehind(new LabError('cancelled', 'stopped'))).toBeNull();
  });
});

describe('renewing', () => {
  test('makes one device for all who ask at once', async () => {
    const before = made.length;
    await Promise.all([renewDevice(), renewDevice()]);
    expect(made.length).toBe(before + 1);
    expect(currentDevice()).toBe(latest());
    expect(await currentLoss()).toBeNull();
  });

  test('without an adapter says so, and leaves another backend usable', async () => {
    adapters = false;
    await expect(renewDevice()).rejects.toMatchObject({ code: 'backend-unavailable' });
    expect(currentDevice()).toBeNull();
    expect(await tf.setBackend('wasm')).toBe(true);
    expect(tf.tidy(() => Array.from(tf.add([1, 2], 3).dataSync()))).toEqual([4, 5]);
    adapters = true;
    await renewDevice();
    expect(currentDevice()).toBe(latest());
  });
});
