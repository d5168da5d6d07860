/**
 * The lab as a user drives it, and a `test` that fails on any console error and on any request to
 * another host.
 */
import { test as base, type Download, expect, type Locator, type Page } from '@playwright/test';

/** Generous: software rendering on two shared cores. */
export const LONG = 150_000;

/** Hosts are compared without `localhost` and `127.0.0.1` being told apart. */
const isLocal = (url: string) =>
  /^(data|blob|about):/.test(url) || ['localhost', '127.0.0.1'].includes(new URL(url).hostname);

/** Records what must never happen on a page. */
export function watchTrouble(page: Page): string[] {
  const trouble: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => trouble.push(`page error: ${error.message}`));
  page.on('request', (request) => {
    if (!isLocal(request.url())) trouble.push(`foreign request: ${request.url()}`);
  });
  return trouble;
}

/** The file that a page hands out. */
export async function bytesOf(download: Promise<Download>): Promise<Buffer> {
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

type Settings = { readonly [path: string]: string | number };

export class Lab {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  part(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  get status(): Locator {
    return this.part('run-status');
  }

  async open(url = './'): Promise<void> {
    await this.page.goto(url);
    await expect(this.part('play')).toBeVisible();
  }

  /** Opens the settings, chooses a preset, and fills fields by their paths. */
  async configure(preset: string, settings: Settings = {}): Promise<void> {
    await this.part('settings-open').first().click();
    const drawer = this.page.getByRole('dialog');
    await drawer.getByTestId(`preset-${preset}`).click();
    for (const [path, value] of Object.entries(settings)) {
      const field = drawer.locator(`[data-field="${path}"]`);
      await field.evaluate((element) => element.closest('details')?.setAttribute('open', ''));
      const control = field.locator('input, select');
      if ((await control.evaluate((element) => element.tagName)) === 'SELECT') {
        await control.selectOption(String(value));
      } else {
        await control.fill(String(value));
      }
    }
  }

  /** Configures and starts; resolves once the run is under way or over. */
  async start(preset: string, settings: Settings = {}): Promise<void> {
    await this.configure(preset, settings);
    await this.part('settings-start').click();
    await expect(this.status).toHaveText(/Running|Paused|Waiting|Finished/, { timeout: LONG });
  }

  async finish(): Promise<void> {
    await expect(this.status).toHaveText(/Finished/, { timeout: LONG });
  }

  /** Waits for a step of training to be shown and returns its number. */
  async trainingStep(atLeast = 1): Promise<number> {
    let step = 0;
    await expect(async () => {
      step = await this.step();
      expect(step).toBeGreaterThanOrEqual(atLeast);
    }).toPass({ timeout: LONG, intervals: [100] });
    return step;
  }

  /** Step of training that is shown; 0 outside of training. */
  async step(): Promise<number> {
    const text = (await this.part('phase-label').textContent()) ?? '';
    return Number(/step (\d+)/.exec(text)?.[1] ?? 0);
  }

  async generation(): Promise<number> {
    const text = (await this.part('generation-label').textContent()) ?? '';
    return Number(/\d+/.exec(text)?.[0] ?? 0);
  }

  /** Exports the open run; returns the file's bytes. */
  async exportRun(): Promise<Buffer> {
    const download = this.page.waitForEvent('download');
    await this.part('export-run').click();
    return bytesOf(download);
  }
}

export const test = base.extend<{ lab: Lab; trouble: string[] }>({
  trouble: [
    async ({ page }, use) => {
      const trouble = watchTrouble(page);
      await use(trouble);
      expect(trouble).toEqual([]);
    },
    { auto: true },
  ],
  lab: async ({ page }, use) => {
    await use(new Lab(page));
  },
});

export { expect };
