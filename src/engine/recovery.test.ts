/** When a lost device is made good, and when it is not. */
import { describe, expect, test } from 'vitest';
import { LabError } from '../core/errors.ts';
import { createRecovery, type LosableDevice, withRecovery } from './recovery.ts';

const LOSS = new LabError('device-lost', 'gone', { reason: 'a cable' });

function begin(renew: () => Promise<void> = async () => undefined) {
  const seen = { renewed: 0 };
  const device: LosableDevice = {
    lossBehind: async (thrown) => (thrown instanceof DOMException ? LOSS : null),
    renew: async () => {
      await renew();
      seen.renewed += 1;
    },
  };
  return { device, recovery: createRecovery(device), seen };
}

const aborted = () => new DOMException('mapping failed', 'AbortError');

describe('recovery', () => {
  test('tells what the lost device said, and renews it', async () => {
    const { recovery, seen } = begin();
    expect(await recovery.recover(aborted())).toBe('a cable');
    expect(seen.renewed).toBe(1);
  });

  test('leaves other errors alone', async () => {
    const { recovery, seen } = begin();
    const wrong = new LabError('backend-wrong', 'refused');
    await expect(recovery.recover(wrong)).rejects.toBe(wrong);
    expect(seen.renewed).toBe(0);
  });

  test('gives up at the third loss in a row, and counts anew when something was saved', async () => {
    const { recovery, seen } = begin();
    await recovery.recover(aborted());
    await recovery.recover(aborted());
    recovery.saved();
    await recovery.recover(aborted());
    await recovery.recover(aborted());
    await expect(recovery.recover(aborted())).rejects.toBe(LOSS);
    expect(seen.renewed).toBe(4);
  });

  test('ends with what renewing ended with', async () => {
    const gone = new LabError('backend-unavailable', 'no device');
    const { recovery } = begin(() => Promise.reject(gone));
    await expect(recovery.recover(aborted())).rejects.toBe(gone);
  });

  test('without a way to renew ends at the first loss', async () => {
    const { device } = begin();
    const recovery = createRecovery({ lossBehind: device.lossBehind });
    await expect(recovery.recover(aborted())).rejects.toBe(LOSS);
  });
});

describe('work of which nothing is saved', () => {
  /** Work that loses the device so many times before it comes to its end. */
  function losing(times: number) {
    let left = times;
    return async () => {
      if (left-- > 0) throw aborted();
      return 'done';
    };
  }

  test('begins again after two losses, and says so each time', async () => {
    const { device, seen } = begin();
    const said: string[] = [];
    expect(await withRecovery(device, losing(2), (message) => said.push(message))).toBe('done');
    expect(said).toEqual(['a cable', 'a cable']);
    expect(seen.renewed).toBe(2);
  });

  test('ends with the third, and with what a new beginning throws', async () => {
    const { device, seen } = begin();
    await expect(withRecovery(device, losing(3), () => undefined)).rejects.toBe(LOSS);
    expect(seen.renewed).toBe(2);
    const another = new LabError('config-invalid', 'another executor');
    const refuse = () => {
      throw another;
    };
    await expect(withRecovery(device, losing(1), refuse)).rejects.toBe(another);
  });
});
