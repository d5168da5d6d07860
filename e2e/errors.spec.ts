import { expect, test } from './support/lab.ts';

test('a damaged dataset is named clearly, and a retry works', async ({ lab, page }) => {
  let damage = true;
  await page.route(/datasets\/mnist\/train-images/, async (route) => {
    if (!damage) return route.continue();
    const response = await route.fetch();
    const body = await response.body();
    return route.fulfill({
      status: 200,
      contentType: 'application/octet-stream',
      body: body.subarray(0, Math.floor(body.length / 2)),
    });
  });
  await lab.open();
  await lab.configure('smoke');
  await lab.part('settings-start').click();
  const banner = lab.part('error-banner').filter({ hasText: /train-images/ });
  await expect(banner).toBeVisible({ timeout: 60_000 });
  await expect(banner).toContainText(/damaged/);
  await expect(lab.status).toHaveText(/Failed/);

  damage = false;
  await banner.getByTestId('retry').click();
  await lab.finish();
  await expect(banner).toBeHidden();
});

test('impossible settings are refused before anything starts', async ({ lab, page }) => {
  await lab.open();
  await lab.configure('smoke', { 'space.vertices': 2, 'space.candidates': 9 });
  await expect(lab.part('settings-start')).toBeDisabled();
  const field = page.getByRole('dialog').locator('[data-field="space.candidates"]');
  await expect(field.locator('.field-issue')).toContainText(/2/);
});
