/** Pages made by the tests themselves, for what the app does not expose. */
import type { Page } from '@playwright/test';
import { bundlePage } from '../../scripts/lib/bundle.mjs';

/** Opens a page that runs the module at `entry` (from the project's folder) as its only script. */
export async function openTestPage(page: Page, entry: string): Promise<void> {
  const body = await bundlePage(entry);
  await page.route('**/test-page', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<script src="./test-page.js"></script>' }),
  );
  await page.route('**/test-page.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body }),
  );
  await page.goto('test-page');
}
