/** What the settings say before anything is started: what will train, and what a battery must give. */
import { expect, test } from './support/lab.ts';

declare global {
  interface Window {
    plug?: (charging: boolean) => void;
  }
}

test('the executor is named, and the option that keeps the fast one away', async ({ lab }) => {
  await lab.open();
  await expect(lab.part('backend-badge')).toHaveText(/WASM/, { timeout: 60_000 });
  await lab.configure('quick');
  const note = lab.part('executor-note');
  await expect(note).toHaveText(
    /^Trains with: Own kernels \(WASM\) · (\d threads share each step|One thread\.)/,
  );
  await lab.page.keyboard.press('Escape');
  await lab.configure('quick', { 'supernet.alpha.order': 'second' });
  await expect(note).toHaveText(
    /Trains with: TensorFlow\.js, which is slower\. Second-order steps/,
  );
});

test('on battery the cost of a search is said in time', async ({ lab, page }) => {
  await page.addInitScript(() => {
    const battery = Object.assign(new EventTarget(), { charging: false });
    window.plug = (charging) => {
      battery.charging = charging;
      battery.dispatchEvent(new Event('chargingchange'));
    };
    Object.defineProperty(navigator, 'getBattery', { value: () => Promise.resolve(battery) });
  });
  await lab.open();
  await lab.configure('quick');
  const note = lab.part('battery-note');
  await expect(note).toHaveText(/On battery: this search needs about .* min .* of full power/);
  await page.evaluate(() => window.plug?.(true));
  await expect(note).toHaveCount(0);
});
