/** When a lost device is made good, and when it is not. */
import { describe, expect, test } from 'vitest';
import { LabError } from '../core/errors.ts';
import { createRecovery, reasonOf } from './recovery.ts';

const LOSS = new LabError('device-lost', 'gone', { reason: 'a cable' });

function begin(renew: () => Promise<void> = async () => undefined) {
  const seen = { renewed: 0 };
  const recovery = createRecovery({
    lossBehind: async (thrown) => (thrown instanceof DOMException ? LOSS : null),
    renew: async () => {
      await renew();
      seen.renewed += 1;
    },
  });
  return { recovery, seen };
}

const aborted = () => new DOMException('mapping failed', 'AbortError');

describe('recovery', () => {
  test('names the loss behind an error, and renews the device', async () => {
    const { recovery, seen } = begin();
    const loss = await recovery.recover(aborted());
    expect(loss).toBe(LOSS);
    expect(reasonOf(loss)).toBe('a cable');
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
});
